using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Training.Tests;

public class MetricLogTests
{
    [Fact]
    public void Scalar_ScalarsOfAStep_ShareALine()
    {
        using var folder = new TemporaryFolder();
        Write(folder.Path, 0, 10, 20);

        Assert.Equal("""
            {"step":10,"loss/total":0.1,"accuracy/all":0.5}
            {"step":20,"loss/total":0.05,"accuracy/all":0.5}

            """, File.ReadAllText(folder["metrics.jsonl"]));
    }

    [Fact]
    public void Constructor_OnResume_GivesTheBytesOfARunThatNeverStopped()
    {
        using var whole = new TemporaryFolder();
        Write(whole.Path, 0, 10, 20, 30);
        using var stopped = new TemporaryFolder();
        Write(stopped.Path, 0, 10, 20, 30, 40);
        File.AppendAllText(stopped["metrics.jsonl"], "{\"step\":50,\"lo");
        Write(stopped.Path, 20, 30);

        Assert.Equal(File.ReadAllText(whole["metrics.jsonl"]), File.ReadAllText(stopped["metrics.jsonl"]));
        Assert.Equal(Files(whole), Files(stopped));
    }

    [Fact]
    public void Constructor_FromTheBeginning_EmptiesTheLog()
    {
        using var folder = new TemporaryFolder();
        Write(folder.Path, 0, 10);
        Write(folder.Path, 0);

        Assert.Empty(RunHistory.Read(folder.Path).Metrics);
    }

    [Fact]
    public void Read_OfALog_GivesSeriesAndPictures()
    {
        using var folder = new TemporaryFolder();
        using (var log = new MetricLog(folder.Path))
        {
            log.Scalar(1, "loss/total", double.NaN);
            log.Scalar(2, "loss/total", 2);
            log.Image(2, "attention", 1, 1, [1, 2, 3]);
        }

        var history = RunHistory.Read(folder.Path);

        var loss = Assert.Single(history.Metrics);
        Assert.Equal([1, 2], loss.Steps);
        Assert.Equal([double.NaN, 2], loss.Values);
        Assert.Equal(new RunPicture("attention", 2, folder["images", "attention", "000000002.png"]), Assert.Single(history.Pictures));
    }

    [Fact]
    public void Read_NoRun_SaysSo()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("give the folder of a training run", Assert.Throws<Rt1Exception>(() => RunHistory.Read(folder.Path)).Message);
    }

    [Fact]
    public void Read_DamagedLine_SaysWhere()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["metrics.jsonl"], "{\"step\":1,\"a\":1}\nhello\n");

        Assert.Contains("metrics.jsonl:2:", Assert.Throws<Rt1Exception>(() => RunHistory.Read(folder.Path)).Message);
    }

    private static void Write(string folder, long resumeStep, params long[] steps)
    {
        using var log = new MetricLog(folder, resumeStep);
        foreach (var step in steps)
        {
            log.Scalar(step, "loss/total", 1.0 / step);
            log.Scalar(step, "accuracy/all", 0.5);
            log.Image(step, "attention", 1, 1, [(byte)step, 0, 0]);
            log.Flush();
        }
    }

    private static string[] Files(TemporaryFolder folder) =>
        [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file)).Order()];
}
