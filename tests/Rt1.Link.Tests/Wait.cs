namespace Rt1.Link.Tests;

internal static class Wait
{
    /// <summary>What the tests wait for at most; nothing waits that long unless it is broken.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static void Until(Func<bool> condition, string what) => Assert.True(SpinWait.SpinUntil(condition, Limit), $"never came: {what}");
}
