using Rt1.Testing;

namespace Rt1.Cli.Tests;

/// <summary>Every command's help, and the ones that look at the machine.</summary>
public sealed class CommandTests(ITestOutputHelper output)
{
    public static TheoryData<string> Commands() =>
    [
        "", "run", "replay", "predict", "checkpoint", "checkpoint inspect", "checkpoint import", "bank", "bank list", "bank demo",
        "sim", "sim serve", "sim snapshot", "data", "data inspect", "data show", "data verify", "data convert", "data stats", "data view", "data bank",
        "report", "evaluate", "evaluate merge", "bench", "bench step", "bench data", "bench train", "doctor",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_EveryCommand_DescribesIt(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var help = Rt1Process.Run([.. words, "--help"]).Succeeded();

        Assert.Contains("Usage:", help.Output);
        Assert.Contains($"rt1 {command}".TrimEnd(), help.Output);
        Assert.Empty(help.Errors);
    }

    [Fact]
    public void Version_EveryCommand_PrintsIt()
    {
        var version = Rt1Process.Run("--version").Succeeded().Output;

        Assert.Matches(@"^\d+\.\d+\.\d+", version);
        Assert.Equal(version, Rt1Process.Run("run", "--version").Succeeded().Output);
        Assert.Equal(version, Rt1Process.Run("checkpoint", "inspect", "--version").Succeeded().Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("checkpoint")]
    [InlineData("fly")]
    public void Run_NoOrUnknownCommand_OneLine(string command)
    {
        var fault = Rt1Process.Run(command.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Fault();

        Assert.Contains("--help", fault);
    }

    [Fact]
    public void Doctor_ThisMachine_FindsEverything()
    {
        var end = Rt1Process.Run("doctor", "--json");

        output.WriteLine(end.Output);
        var findings = end.Json.EnumerateArray().ToDictionary(finding => finding.GetProperty("name").GetString()!);
        Assert.Equal(["dotnet", "libtorch", "blas", "onednn", "opencv", "libturbojpeg", "libzmq", "mujoco", "render"], findings.Keys);
        // A busy machine looks like one with slow BLAS.
        Assert.All(findings.Where(finding => finding.Key != "blas"), finding => Assert.True(finding.Value.GetProperty("ok").GetBoolean(), finding.Key));
    }

    [Fact]
    public void BenchStep_SmallNetwork_PrintsItsKeys()
    {
        var timings = Rt1Process.Run("bench", "step", "--model", Repository.File("configs", "models", "rt1-mini.yaml"), "--repeats", "2", "--json").Succeeded().Json;

        Assert.Equal(["image_tokens_ms", "transformer_ms", "step_ms", "reference_style_step_ms", "gemm_gflops", "ratio"],
            timings.EnumerateObject().Select(timing => timing.Name));
        Assert.All(timings.EnumerateObject(), timing => Assert.True(timing.Value.GetDouble() > 0, timing.Name));
    }
}
