using Rt1.Testing;

namespace Rt1.Data.Tests;

/// <summary>The LeRobot samples; their videos are AV1.</summary>
internal static class LeRobotSample
{
    /// <summary>A sample's folder; skips the calling test where its videos cannot be decoded.</summary>
    public static string WithVideo(string version)
    {
#if !RT1_SYSTEM_BINDINGS
        Assert.Skip("the OpenCvSharp package's FFmpeg has no AV1 decoder");
#endif
        return Repository.Shared("samples", $"lerobot_{version}");
    }
}
