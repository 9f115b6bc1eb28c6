using System.Diagnostics;
using Rt1.Testing;

namespace OpenCvSharp.Tests;

public class Library
{
    [Fact]
    public void GetVersionString_IsOpenCv4() => Assert.StartsWith("4.", Cv2.GetVersionString());

    [Fact]
    public void EncodeAndDecode_AThousandTimes_KeepsMemoryFlat()
    {
        using var image = new Mat(256, 320, MatType.CV_8UC3, new Scalar(40, 80, 120));
        void Round(int times)
        {
            for (var i = 0; i < times; i++)
            {
                Cv2.ImEncode(".jpg", image, out var bytes);
                using var decoded = Cv2.ImDecode(bytes, ImreadModes.Color);
                using var scaled = new Mat();
                Cv2.Resize(decoded, scaled, new Size(300, 300));
            }
        }
        Round(100);
        var before = ResidentMegabytes();
        Round(1000);
        // One leaked image a round would be 240 MB.
        Assert.InRange(ResidentMegabytes() - before, double.NegativeInfinity, 40);
    }

    private static double ResidentMegabytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        return process.WorkingSet64 / 1e6;
    }

#if RT1_SYSTEM_BINDINGS
    [Fact]
    public void AnyCall_NativeLibraryMissing_NamesTheDebianPackage()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory).Where(f => !f.EndsWith("librt1_opencv.so")))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var run = new ProcessStartInfo("dotnet", ["exec", folder["OpenCvSharp.Tests.dll"], "-method", "*.GetVersionString_IsOpenCv4"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(run)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
        var message = output.Split('\n').First(line => line.Contains(nameof(DllNotFoundException)));
        Assert.Contains("install the Debian package 'libopencv-dev'", message);
    }

    [Fact]
    public void LogLevel_AtFirst_IsSilent()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("OPENCV_LOG_LEVEL") is null, "OPENCV_LOG_LEVEL asks for another level");
        Assert.Equal(LogLevel.SILENT, Cv2.GetLogLevel());
    }
#endif
}
