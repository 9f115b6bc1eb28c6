namespace Rt1.Evaluation.Tests.Results;

public sealed class WilsonIntervalTests
{
    /// <summary>By R: <c>prop.test(x, n, correct = FALSE)$conf.int</c>.</summary>
    [Theory]
    [InlineData(8, 10, 0.4901625, 0.9433178)]
    [InlineData(93, 100, 0.8625067, 0.9656820)]
    [InlineData(1, 20, 0.008881, 0.236131)]
    [InlineData(0, 10, 0, 0.2775328)]
    [InlineData(10, 10, 0.7224672, 1)]
    [InlineData(0, 0, 0, 1)]
    public void Of_KnownCases_GivesTheirIntervals(int successes, int episodes, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, episodes);

        Assert.Equal(low, interval.Low, 1e-5);
        Assert.Equal(high, interval.High, 1e-5);
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    public void Of_ImpossibleCounts_Throws(int successes, int episodes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(successes, episodes));
}
