using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class RecordingDatasetTests
{
    [Fact]
    public void Convert_RecordedEpisodes_BecomesRldsWithTheSameActionsAndImages()
    {
        using var temporary = new TemporaryFolder();
        var first = TestEpisodes.Record(temporary["recordings"], 4, new EpisodeEnd(EpisodeOutcome.StepLimit));
        TestEpisodes.Record(temporary["recordings"], 2, new EpisodeEnd(EpisodeOutcome.Terminated));

        var report = DatasetConverter.ToRlds(EpisodeDatasets.Open(temporary["recordings"]), temporary["rlds"], "runs");

        Assert.Equal((2, 6), (report.EpisodeCount, report.StepCount));
        var dataset = EpisodeDatasets.Open(temporary["rlds"]);
        Assert.Equal(("RLDS", "runs"), (dataset.Format, dataset.Name));
        Assert.Empty(new DatasetVerifier(dataset).Verify(dataset.Split()));
        var episode = dataset.ReadOne(dataset.Split(), 0).OrThrow();
        var step = episode.Steps[2];
        Assert.Equal([0, 0, 1], step.Get<TensorValue>("action/terminate_episode").As<int>().ToArray());
        Assert.Equal([0.01f, 0.02f, 0.03f], step.Get<TensorValue>("action/world_vector").As<float>().ToArray());
        Assert.Equal([0.3f, -0.1f, 0.123456789f, 0.5f, -0.5f, 0.5f, 0.5f], step.Get<TensorValue>("observation/base_pose_tool_reached").As<float>().ToArray());
        Assert.Equal("Pick up the red can!", step.Get<TextValue>("observation/natural_language_instruction").Text);
        Assert.Equal(File.ReadAllBytes(Path.Combine(first, "frames", "000002.jpg")), step.Get<StoredImage>("observation/image").Bytes.ToArray());
        Assert.Equal([true, false, false, false], episode.Steps.Select(s => s.Get<TensorValue>("is_first").As<bool>()[0]));
        Assert.False(episode.Values.Get<TensorValue>("success").As<bool>()[0]);
        Assert.True(dataset.ReadOne(dataset.Split(), 1).OrThrow().Values.Get<TensorValue>("success").As<bool>()[0]);
    }

    [Fact]
    public void Read_DamagedRecording_IsAFaultBesideTheOthers()
    {
        using var temporary = new TemporaryFolder();
        TestEpisodes.Record(temporary.Path, 2, new EpisodeEnd(EpisodeOutcome.StepLimit));
        File.WriteAllText(Path.Combine(TestEpisodes.Record(temporary.Path, 2), "manifest.json"), "{");

        var reads = EpisodeDatasets.Open(temporary.Path) is var dataset ? dataset.Read(dataset.Split()).ToList() : [];

        Assert.Equal(2, reads.Count);
        Assert.NotNull(reads[0].Episode);
        Assert.Contains("damaged", reads[1].Fault!.Reason);
    }

    [Fact]
    public void Read_StepsWithoutActionOrImage_AreLeftOut()
    {
        using var temporary = new TemporaryFolder();
        using (var recorder = new EpisodeRecorder(new RecorderOptions { Folder = temporary.Path }, TimeProvider.System))
        {
            recorder.Begin(TestEpisodes.Header);
            recorder.Record(TestEpisodes.Step(0));
            recorder.Record(TestEpisodes.Step(1) with { Status = StepStatus.StaleObservation, Observation = null, Decision = null, Applied = null });
            recorder.Record(TestEpisodes.Step(2) with { Status = StepStatus.Overrun, Applied = null });
            recorder.Record(TestEpisodes.Step(3) with { Status = StepStatus.Terminated, Applied = null });
            recorder.End(new EpisodeEnd(EpisodeOutcome.Terminated));
        }
        var dataset = EpisodeDatasets.Open(temporary.Path);

        var steps = dataset.Read(dataset.Split()).Single().OrThrow().Steps;

        Assert.Equal(2, steps.Count);
        Assert.Equal([1, 0, 0], steps[1].Get<TensorValue>("action/terminate_episode").As<int>().ToArray());
        Assert.True(steps[1].Get<TensorValue>("is_terminal").As<bool>()[0]);
    }
}
