using System.Collections.Concurrent;
using Rt1.Core;

namespace Rt1.Control.Tests;

public sealed class InstructionSourceTests
{
    [Fact]
    public void TypedInstructions_Lines_ComeInOrderUntilTheEnd()
    {
        var source = new TypedInstructions(new StringReader("pick up the can\n\n  open the drawer \n"), _ => { });

        Assert.Equal(["pick up the can", "", "open the drawer", null],
            Enumerable.Range(0, 4).Select(_ => source.Take(CancellationToken.None)));
        Assert.Null(source.Interruption);
    }

    [Fact]
    public void TypedInstructions_NothingTyped_WaitsUntilCancelled()
    {
        using var terminal = new Terminal();
        using var cancellation = new CancellationTokenSource(millisecondsDelay: 20);
        var source = new TypedInstructions(terminal, _ => { });

        Assert.Null(source.Interruption);
        Assert.Throws<OperationCanceledException>(() => source.Take(cancellation.Token));
    }

    [Fact]
    public void TypedInstructions_LineComesLater_EndsTheWait()
    {
        using var terminal = new Terminal();
        var source = new TypedInstructions(terminal, _ => { });

        terminal.Type("wave");

        Assert.Equal("wave", source.Take(CancellationToken.None));
    }

    [Fact]
    public void TypedInstructions_UnknownInstruction_TellsTheOperator()
    {
        var told = new List<string>();
        var source = new TypedInstructions(TextReader.Null, unknown => told.Add(unknown.Message));

        source.Refuse(new("dance", ["wave"]));

        Assert.Equal(["The instruction 'dance' is not one that this policy knows; nearest are 'wave'."], told);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void SingleInstruction_Empty_IsRefused(string instruction) =>
        Assert.StartsWith("The instruction is empty;", Assert.Throws<UnknownInstructionException>(() => new SingleInstruction(instruction)).Message);

    [Fact]
    public void SingleInstruction_Taken_IsTheLast()
    {
        var source = new SingleInstruction("wave");

        Assert.Equal("wave", source.Take(CancellationToken.None));
        Assert.Null(source.Take(CancellationToken.None));
    }

    /// <summary>A reader that waits for what a test types.</summary>
    private sealed class Terminal : TextReader
    {
        private readonly BlockingCollection<string> _lines = [];

        public void Type(string line) => _lines.Add(line);

        public override string? ReadLine() => _lines.TryTake(out var line, Timeout.Infinite) ? line : null;

        protected override void Dispose(bool disposing) => _lines.CompleteAdding();
    }
}
