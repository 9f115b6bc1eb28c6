using System.Diagnostics;
using System.Text.Json;
using Rt1.Testing;

namespace Rt1.Cli.Tests;

/// <summary>The real command on real datasets.</summary>
public class DataCommandTests
{
    [Fact]
    public void Show_Json_IsOneDocumentOfTheAskedEpisode()
    {
        var (status, output, _) = Rt1("data", "show", Repository.Shared("samples", "kuka"), "--json", "--episode", "2");

        using var json = JsonDocument.Parse(output);
        Assert.Equal(0, status);
        Assert.Equal("kuka", json.RootElement.GetProperty("dataset").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("episodes").GetArrayLength());
    }

    [Fact]
    public void Verify_SoundDataset_Succeeds()
    {
        var (status, output, _) = Rt1("data", "verify", Repository.Shared("samples", "fractal20220817_data"));

        Assert.Equal(0, status);
        Assert.Contains("5 episodes, 31 steps, 31 images read; 0 faults.", output);
    }

    [Fact]
    public void Verify_DatasetWithAMissingShard_FailsAndNamesIt()
    {
        var (status, output, _) = Rt1("data", "verify", Repository.Shared("samples", "bridge_dataset"));

        Assert.Equal(1, status);
        Assert.Contains("bridge_dataset-val.tfrecord-00000-of-00001: the shard is missing", output);
    }

    [Fact]
    public void Convert_ThenInspect_ShowsAnRldsDataset()
    {
        using var temporary = new TemporaryFolder();

        var (status, output, error) = Rt1("data", "convert", Repository.Shared("samples", "kuka"), temporary["new"], "--name", "copy");
        Assert.True(status == 0, error);
        Assert.Contains("4 episodes, 18 steps written", output);
        Assert.Contains("copy   RLDS", Rt1("data", "inspect", temporary["new"]).Output);
    }

    [Fact]
    public void Bank_OfADataset_IsOneThatThePolicyReads()
    {
        using var temporary = new TemporaryFolder();
        var config = Repository.File("configs", "datasets", "bridge_dataset.yaml");

        var (status, output, error) = Rt1("data", "bank", config, "--path", Repository.Shared("samples", "bridge_dataset"), "--out", temporary["bank"]);

        Assert.True(status == 0, error);
        Assert.Contains("4 instructions of width 512", output);
        Assert.Contains("flip pot upright which is in sink", Rt1("bank", "list", temporary["bank"]).Output);
    }

    [Fact]
    public void Stats_OfADataset_PrintsItsDimensionsAndDrawsPlots()
    {
        using var temporary = new TemporaryFolder();
        var config = Repository.File("configs", "datasets", "kuka.yaml");

        var (status, output, error) = Rt1("data", "stats", config, "--path", Repository.Shared("samples", "kuka"), "--plots", temporary["plots"]);

        Assert.True(status == 0, error);
        Assert.Contains("kuka: 3 episodes", output);
        Assert.Contains("1 filtered out", output);
        Assert.Contains("gripper_closedness_action", output);
        Assert.Equal(3, Directory.GetFiles(temporary["plots"], "*.png").Length);
    }

    [Fact]
    public void Inspect_NoDataset_IsOneLineAndFails()
    {
        var (status, _, error) = Rt1("data", "inspect", Repository.File("src"));

        Assert.Equal(1, status);
        Assert.Contains("holds no dataset", error);
        Assert.Single(error.Trim().Split('\n'));
    }

    private static (int Status, string Output, string Error) Rt1(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rt1.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
