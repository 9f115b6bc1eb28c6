using Xunit;

namespace Rt1.Cli.Tests;

public sealed class TerminationTests
{
    private const int Code = 143;

    private readonly List<int> _exits = [];

    [Fact]
    public void Signal_First_AsksToEndAndLetsTheProcessGoOn()
    {
        using var termination = new Termination(TimeSpan.FromMinutes(5), _exits.Add);

        termination.Signal(Code);

        Assert.True(termination.Token.IsCancellationRequested);
        Assert.Empty(_exits);
    }

    [Fact]
    public void Signal_Second_DoesNothingMore()
    {
        using var termination = new Termination(TimeSpan.FromMinutes(5), _exits.Add);

        termination.Signal(Code);
        termination.Signal(Code);

        Assert.Empty(_exits);
    }

    [Fact]
    public void Signal_Third_EndsTheProcess()
    {
        using var termination = new Termination(TimeSpan.FromMinutes(5), _exits.Add);

        for (var i = 0; i < 3; i++)
            termination.Signal(Code);

        Assert.Equal([Code], _exits);
    }

    [Fact]
    public void Signal_CommandTakesTooLong_EndsTheProcess()
    {
        using var ended = new ManualResetEventSlim();
        using var termination = new Termination(TimeSpan.FromMilliseconds(1), _ => ended.Set());

        termination.Signal(Code);

        Assert.True(ended.Wait(TimeSpan.FromSeconds(30)));
    }
}
