namespace Rt1.Cli.Tests.Run;

/// <summary>Without <c>--instruction</c>, each line typed is one.</summary>
public sealed class TypedInstructionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MiniRuntime _runtime = new();
    private readonly RecordingRobot _robot = new();

    public void Dispose()
    {
        _robot.Dispose();
        _runtime.Dispose();
    }

    [Fact]
    public void Run_LinesTyped_EachIsObeyedUntilTheInputEnds()
    {
        using var run = _runtime.Start(_robot.Endpoint, "--json");
        run.WaitForError(line => line.StartsWith("Type an instruction", StringComparison.Ordinal), "the prompt");

        run.Type("pick up the read can");
        var refusal = run.WaitForError(line => line.StartsWith("rt1: ", StringComparison.Ordinal), "the refusal");
        Assert.Contains("'pick up the read can'", refusal);
        Assert.Contains($"'{MiniRuntime.Instruction}'", refusal);
        Assert.Empty(_robot.Moves);

        run.Type(MiniRuntime.Instruction);
        WaitForMoves(run, 2);

        run.Type("");
        run.WaitForError(line => line.StartsWith("Episode ended", StringComparison.Ordinal), "the episode's end");
        Wait.Until(() => _robot.Stops.Any(stop => stop.At > _robot.Moves[^1]), Patience, "the hold");
        var moves = _robot.Moves.Count;

        run.Type("Open the drawer.");
        WaitForMoves(run, moves + 2);
        run.EndInput();
        run.Signal(Rt1Process.Interrupt);

        var end = run.WaitForExit().Succeeded();
        Assert.Equal("Open the drawer.", end.Json.GetProperty("instruction").GetString());
        Assert.Equal(2, end.Json.GetProperty("episodes").GetInt32());
        Assert.Equal([MiniRuntime.Instruction, "Open the drawer."], _runtime.Recordings.Select(episode => episode.Header.Instruction));
    }

    [Fact]
    public void Run_NothingTyped_EndsWithTheInput()
    {
        var end = _runtime.Run(_robot.Endpoint).Succeeded();

        Assert.Empty(end.Faults);
        Assert.Empty(_robot.Moves);
    }

    private void WaitForMoves(Rt1Process run, int count) =>
        Wait.Until(() => _robot.Moves.Count >= count || run.HasExited, Patience, $"{count} commands");
}
