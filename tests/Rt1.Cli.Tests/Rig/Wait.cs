namespace Rt1.Cli.Tests;

internal static class Wait
{
    public static void Until(Func<bool> condition, TimeSpan limit, string what)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < limit, $"never came: {what}");
            Thread.Sleep(5);
        }
    }
}
