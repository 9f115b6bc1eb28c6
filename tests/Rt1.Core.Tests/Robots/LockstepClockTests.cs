namespace Rt1.Core.Tests.Robots;

public sealed class LockstepClockTests
{
    [Fact]
    public void AdvanceTo_MovesTheClock_NeverBack()
    {
        var start = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var clock = new LockstepClock(start);
        Assert.Equal(TimeSpan.Zero, clock.GetElapsedTime(0));

        clock.AdvanceTo(TimeSpan.FromSeconds(2.5));
        clock.AdvanceTo(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(2.5), clock.Now);
        Assert.Equal(TimeSpan.FromSeconds(2.5), clock.GetElapsedTime(0));
        Assert.Equal(start.AddSeconds(2.5), clock.GetUtcNow());
    }

    [Fact]
    public void CreateTimer_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => new LockstepClock().CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.Zero));
}
