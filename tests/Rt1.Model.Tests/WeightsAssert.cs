using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Tests;

internal static class WeightsAssert
{
    /// <summary>Every floating-point tensor of the two networks is bit-identical.</summary>
    public static void Equal(Rt1Network expected, Rt1Network actual)
    {
        var theirs = actual.state_dict();
        foreach (var (name, tensor) in expected.state_dict().Where(t => t.Value.is_floating_point()))
            Assert.True(tensor.detach().bytes.SequenceEqual(theirs[name].detach().bytes), $"{name} differs");
    }
}
