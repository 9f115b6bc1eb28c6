#if RT1_SYSTEM_BINDINGS
using Rt1.Bindings.Torch;

namespace TorchSharp.Tests;

/// <summary>What is said where the native library or libtorch is missing.</summary>
public class NativeLoaderTests
{
    [Fact]
    public void Library_ThatIsNotThere_NamesThePackage()
    {
        var error = Assert.Throws<DllNotFoundException>(() => NativeLoader.Resolve("rt1_not_there", typeof(torch).Assembly, null));
        Assert.Contains("librt1_not_there.so is not beside the program", error.Message);
        Assert.Contains("libtorch-dev", error.Message);
    }

    [Fact]
    public void Library_ThatDoesNotLoad_NamesThePackageAndTheReason()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "librt1_broken.so");
        File.WriteAllText(path, "no library");
        try
        {
            var error = Assert.Throws<DllNotFoundException>(() => NativeLoader.Resolve("rt1_broken", typeof(torch).Assembly, null));
            Assert.Contains("does not load", error.Message);
            Assert.Contains("libtorch-dev", error.Message);
            Assert.DoesNotContain('\n', error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
#endif
