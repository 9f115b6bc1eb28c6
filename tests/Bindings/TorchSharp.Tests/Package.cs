namespace TorchSharp.Tests;

/// <summary>The few places where the NuGet package (-p:Rt1Bindings=nuget) behaves otherwise than our binding.</summary>
internal static class Package
{
    public static void Skip(string why)
    {
#if !RT1_SYSTEM_BINDINGS
        Assert.Skip("on the package: " + why);
#else
        _ = why;
#endif
    }
}
