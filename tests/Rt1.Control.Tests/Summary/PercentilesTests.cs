using static Rt1.Control.Tests.Rig;

namespace Rt1.Control.Tests;

public sealed class PercentilesTests
{
    [Fact]
    public void Of_Nothing_IsNull() => Assert.Null(Percentiles.Of([]));

    [Fact]
    public void Of_One_IsThatOne() => Assert.Equal(new(Ms(7), Ms(7), Ms(7)), Percentiles.Of([Ms(7)]));

    [Fact]
    public void Of_OneToAHundredInAnyOrder_AreTheNearestRanks() =>
        Assert.Equal(new(Ms(50), Ms(95), Ms(99)), Percentiles.Of(Enumerable.Range(1, 100).Reverse().Select(ms => Ms(ms))));

    [Fact]
    public void Of_Four_P95IsTheLargest() => Assert.Equal(new(Ms(2), Ms(4), Ms(4)), Percentiles.Of([Ms(4), Ms(1), Ms(3), Ms(2)]));
}
