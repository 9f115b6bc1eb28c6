using Rt1.Core;

namespace Rt1.Evaluation.Tests.Workers;

public sealed class WorkerLoopTests
{
    private static readonly EpisodeRunner Runner = new(Rig.Options, trial => new RandomPolicy(trial.Situation.Seed, new ActionLimits()));

    [Fact]
    public void Run_Jobs_GivesWhatTheRunnerGives()
    {
        using var input = new Orders(EvaluationJson.Line(Rig.Job(0)), EvaluationJson.Line(Rig.Job(1)));
        var output = new StringWriter { NewLine = "\n" };

        input.EndAfter(lines: 2, output, () => WorkerLoop.Run(Runner, input, output));

        Assert.Equal($"{EvaluationJson.Line(Runner.Run(Rig.Job(0)))}\n{EvaluationJson.Line(Runner.Run(Rig.Job(1)))}\n", output.ToString());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"suite\": \"seen\"}")]
    public void Run_NoJob_SaysWhatItExpects(string line)
    {
        using var input = new Orders(line);

        Assert.Contains("expected a job", Assert.Throws<Rt1Exception>(() => WorkerLoop.Run(Runner, input, TextWriter.Null)).Message);
    }

    /// <summary>Lines that come, and then nothing until it is told to end: the loop drops what it does when its input ends.</summary>
    private sealed class Orders(params string[] lines) : TextReader
    {
        private readonly Queue<string> _lines = new(lines);
        private readonly ManualResetEventSlim _ended = new();

        public override string? ReadLine()
        {
            if (_lines.TryDequeue(out var line))
                return line;
            _ended.Wait(TimeSpan.FromSeconds(30));
            return null;
        }

        public void EndAfter(int lines, StringWriter output, Action run)
        {
            var worker = Task.Run(run);
            SpinWait.SpinUntil(() => worker.IsCompleted || output.ToString().Count(c => c == '\n') >= lines, TimeSpan.FromSeconds(30));
            _ended.Set();
            Assert.True(worker.Wait(TimeSpan.FromSeconds(30)));
        }

        protected override void Dispose(bool disposing)
        {
            _ended.Set();
            base.Dispose(disposing);
        }
    }
}
