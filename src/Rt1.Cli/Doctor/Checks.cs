using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Mujoco;
using OneDnn;
using OpenCvSharp;
using Rt1.Data;
using TorchSharp;
#if RT1_SYSTEM_BINDINGS
using Rt1.Bindings.Torch;
using Rt1.Bindings.Zmq;
#endif

namespace Rt1.Cli.Doctor;

/// <summary>The checks of <c>rt1 doctor</c>, in the order in which they are shown.</summary>
internal static class Checks
{
    /// <summary>What any processor of the last ten years exceeds in a float32 matrix product, 10⁹ operations a second.</summary>
    private const double SlowGflopsPerProcessor = 10;

    public static IReadOnlyList<Func<CancellationToken, Task<Finding>>> All { get; } =
    [
        _ => Guarded("dotnet", "the .NET 10 SDK", () => new("dotnet", true, RuntimeInformation.FrameworkDescription + ", " + RuntimeInformation.OSDescription)),
        _ => Guarded("libtorch", "libtorch-dev", LibTorchCheck),
        _ => Guarded("blas", "libopenblas0-pthread", Blas),
        _ => Guarded("onednn", "libdnnl-dev", () => new("onednn", true, OneDnnLibrary.Version.ToString())),
        _ => Guarded("opencv", "libopencv-dev", () => new("opencv", true, Cv2.GetVersionString() ?? "unknown version")),
        _ => Guarded("libturbojpeg", "libturbojpeg0", LibTurboJpeg),
        _ => Guarded("libzmq", "libzmq5", LibZmq),
        _ => Guarded("mujoco", "libmujoco-dev", () => new("mujoco", true, MjModel.Version)),
        Rendering,
    ];

    private static Finding LibTorchCheck()
    {
        TorchSetup.Use(Device.Cpu);
        var cuda = torch.cuda.is_available() ? $"CUDA with {torch.cuda.device_count()} device(s)" : "no CUDA";
#if RT1_SYSTEM_BINDINGS
        return new("libtorch", true, $"{LibTorch.Version}, {cuda}, {torch.get_num_threads()} threads");
#else
        return new("libtorch", true, $"of the TorchSharp package, {cuda}, {torch.get_num_threads()} threads");
#endif
    }

    private static Finding Blas()
    {
        const int Size = 768;
        using var scope = torch.NewDisposeScope();
        var (a, b) = (torch.ones(Size, Size), torch.ones(Size, Size));
        a.matmul(b);
        var watch = Stopwatch.StartNew();
        const int Repeats = 5;
        for (var i = 0; i < Repeats; i++)
            a.matmul(b);
        var gflops = 2.0 * Size * Size * Size * Repeats / watch.Elapsed.TotalSeconds / 1e9;
        var speed = string.Create(CultureInfo.InvariantCulture, $"{gflops:0} GFLOP/s in a float32 matrix product");
        var slow = gflops < SlowGflopsPerProcessor * Environment.ProcessorCount;
#if RT1_SYSTEM_BINDINGS
        var library = LibTorch.BlasLibrary;
        if (library?.StartsWith("libblas", StringComparison.Ordinal) == true)
            return new("blas", false, $"{library}, the slow reference implementation: {speed}", "apt-get install libopenblas0-pthread");
        speed = $"{library ?? "a part of libtorch"}, {speed}";
#endif
        return new("blas", true, speed, slow ? "That is slow for these processors: is the machine busy?" : null);
    }

    private static Finding LibTurboJpeg() => PixelDecoder.HasJpegLibrary
        ? new("libturbojpeg", true, "decodes training images")
        : new("libturbojpeg", false, "missing: datasets of JPEGs cannot be read", "apt-get install libturbojpeg0");

    private static Finding LibZmq()
    {
#if RT1_SYSTEM_BINDINGS
        return new("libzmq", ZmqLibrary.HasCurve, $"{ZmqLibrary.Version}, CURVE {(ZmqLibrary.HasCurve ? "available" : "missing")}",
            ZmqLibrary.HasCurve ? null : "This libzmq was built without CURVE: robots on other machines cannot be reached. Install Debian's libzmq5.");
#else
        return new("libzmq", true, "NetMQ in its place: loopback only");
#endif
    }

    /// <summary>In a process of its own: OSMesa does not load after libtorch.</summary>
    private static async Task<Finding> Rendering(CancellationToken cancellation)
    {
        var picture = Path.Combine(Path.GetTempPath(), $"rt1-doctor-{Environment.ProcessId}.png");
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["sim", "snapshot", "--out", picture]) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? new("render", true, "one camera frame of the simulated robot")
                : new("render", false, (await error).Trim().Split('\n')[0], "apt-get install libosmesa6-dev, or set RT1_RENDERER=egl where there is a GPU");
        }
        finally
        {
            File.Delete(picture);
        }
    }

    private static Task<Finding> Guarded(string name, string package, Func<Finding> check)
    {
        try
        {
            return Task.FromResult(check());
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            var fault = e is TypeInitializationException { InnerException: { } inner } ? inner : e;
            return Task.FromResult(new Finding(name, false, fault.Message.Split('\n')[0], $"apt-get install {package}"));
        }
    }
}
