using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Who disposes a tensor, and what the statistics say about it.</summary>
public class DisposeScopeTests
{
    private static LifetimeStatistics Counts => DisposeScopeManager.Statistics.TensorStatistics;

    [Fact]
    public void Scope_Ends_DisposesWhatWasMadeInIt()
    {
        using var outside = ones(1);
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = outside + 1;
            Assert.True(scope.Contains(inside));
            Assert.Equal(1, scope.DisposablesCount);
        }
        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => inside.shape);
    }

    [Fact]
    public void MoveToOuter_FromANestedScope_LivesUntilTheOuterEnds()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
                moved = ones(1).MoveToOuterDisposeScope();
            Assert.False(moved.IsInvalid);
        }
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Detach_InAScope_LeavesDisposalToTheCaller()
    {
        Tensor detached;
        using (NewDisposeScope())
            detached = ones(1).DetachFromDisposeScope();
        Assert.False(detached.IsInvalid);
        detached.Dispose();
        Assert.True(detached.IsInvalid);
    }

    [Fact]
    public void DisposeEverythingBut_OneTensor_KeepsItInTheScope()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (ones(1), ones(1));
        scope.DisposeEverythingBut(second);
        Assert.True(first.IsInvalid);
        Assert.False(second.IsInvalid);
        Assert.True(scope.Contains(second));
    }

    [Fact]
    public void Attach_ATensorFromOutside_DisposesItWithTheScope()
    {
        var outside = ones(1);
        using (var scope = NewDisposeScope())
            scope.Attach(outside);
        Assert.True(outside.IsInvalid);
    }

    [Fact]
    public void Statistics_OverALife_CountEachTurn()
    {
        DisposeScopeManager.Statistics.Reset();
        ones(1).Dispose();
        Assert.Equal((1, 1, 0), (Counts.CreatedOutsideScopeCount, Counts.DisposedOutsideScopeCount, Counts.ThreadTotalLiveCount));

        Tensor moved;
        using (var scope = NewDisposeScope())
        {
            moved = ones(1).MoveToOuterDisposeScope();
            ones(1).Dispose();
            scope.Attach(ones(1).DetachFromDisposeScope());
            Assert.Equal((3, 1, 2, 1),
                (Counts.CreatedInScopeCount, Counts.DisposedInScopeCount, Counts.DetachedFromScopeCount, Counts.AttachedToScopeCount));
        }
        Assert.Equal((2, 1), (Counts.DisposedInScopeCount, Counts.ThreadTotalLiveCount));
        moved.Dispose();
        Assert.Equal((2, 0), (Counts.DisposedOutsideScopeCount, Counts.ThreadTotalLiveCount));
    }

    [Fact]
    public void Statistics_OfAParameter_CountItsTensorOnce()
    {
        DisposeScopeManager.Statistics.Reset();
        using (NewDisposeScope())
        {
            var data = ones(2);
            var parameter = new Parameter(data);
            Assert.True(data.IsInvalid);
            Assert.Equal((1, 1), (Counts.CreatedInScopeCount, Counts.ThreadTotalLiveCount));
        }
        Assert.Equal(0, Counts.ThreadTotalLiveCount);
    }

    [Fact]
    public void Module_MadeInAScope_KeepsItsParameters()
    {
        Linear linear;
        using (NewDisposeScope())
            linear = nn.Linear(2, 3);
        Assert.False(linear.weight.IsInvalid);
        linear.Dispose();
        Assert.True(linear.weight.IsInvalid);
    }

    [Fact]
    public void Scopes_OfTwoThreads_DoNotMeet()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        var thread = new Thread(() => other = ones(1));
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(other!));
        other!.Dispose();
    }
}
