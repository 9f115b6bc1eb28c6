using Rt1.Cli.Run;
using Rt1.Configuration;
using Rt1.Data;
using Rt1.Simulation;
using Rt1.Testing;
using Rt1.Training;

namespace Rt1.Cli.Tests;

public sealed class ShippedConfigTests
{
    private static readonly Dictionary<string, Func<string, object>> Loaders = new()
    {
        ["models"] = file => Config.Load<PolicyConfig>(file),
        ["robots"] = file => Config.Load<RobotConfig>(file),
        ["runtime"] = file => Config.Load<RuntimeConfig>(file),
        ["datasets"] = file => Config.Load<DatasetConfig>(file),
        ["mixtures"] = file => Config.Load<MixtureConfig>(file),
        ["generation"] = file => Config.Load<GenerationConfig>(file),
        ["training"] = file => Config.Load<TrainingConfig>(file),
        ["evaluation"] = file => Config.Load<SuiteConfig>(file),
        ["split"] = file => Config.Load<SplitConfig>(file),
    };

    public static TheoryData<string> Files()
    {
        var root = Repository.File("configs");
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_ShippedConfig_IsValid(string file)
    {
        var folder = file.Split(Path.DirectorySeparatorChar)[0];
        var kind = Path.GetFileName(file) == "split.yaml" ? "split" : folder;

        Assert.True(Loaders.TryGetValue(kind, out var load), $"configs/{kind} has no record type here: add it.");
        Assert.NotNull(load(Repository.File("configs", file)));
    }

    [Fact]
    public void ToYaml_ShippedRuntime_LoadsToTheSame()
    {
        var file = Repository.File("configs", "runtime", "demo.yaml");
        using var folder = new TemporaryFolder();
        var yaml = Config.ToYaml(Config.Load<RuntimeConfig>(file));
        File.WriteAllText(folder["resolved.yaml"], yaml);

        Assert.Equal(yaml, Config.ToYaml(Config.Load<RuntimeConfig>(folder["resolved.yaml"])));
    }
}
