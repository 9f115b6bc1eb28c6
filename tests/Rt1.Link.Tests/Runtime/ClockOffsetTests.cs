namespace Rt1.Link.Tests;

public class ClockOffsetTests
{
    [Fact]
    public void Offset_FastestExchange_Counts()
    {
        var clock = new ClockOffset();
        clock.Add(Ms(0), Ms(5030), Ms(40));
        clock.Add(Ms(100), Ms(5101), Ms(102));
        clock.Add(Ms(200), Ms(5290), Ms(300));

        Assert.Equal(Ms(5000), clock.Value);
        Assert.Equal(Ms(2), clock.RoundTrip);
    }

    [Fact]
    public void Offset_ClocksThatDrift_AreFollowed()
    {
        var clock = new ClockOffset();
        clock.Add(Ms(0), Ms(1001), Ms(2));
        clock.Add(Ms(60_000), Ms(61_012), Ms(60_004));

        Assert.Equal(Ms(1010), clock.Value);
    }

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);
}
