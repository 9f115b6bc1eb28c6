using System.Runtime.InteropServices;
using Rt1.Core;
using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;
#if RT1_SYSTEM_BINDINGS
using Rt1.Bindings.Torch;
#endif

namespace Rt1.Training;

/// <summary>Device, number format and memory order of a run.</summary>
internal static partial class ComputeSetup
{
    // glibc's numbers of these settings (malloc.h).
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;

    /// <summary>
    /// Keeps freed memory for the next step. glibc would give every large tensor back to the system and take it again, page by page and zeroed:
    /// half of a small network's time.
    /// </summary>
    public static void KeepMemory()
    {
        if (!OperatingSystem.IsLinux() || Kept)
            return;
        Kept = true;
        _ = SetMallocOption(MmapThreshold, 1 << 30);
        _ = SetMallocOption(TrimThreshold, -1);
        _ = SetMallocOption(TopPad, 1 << 26);
    }

    private static bool Kept { get; set; }

    /// <summary>The configured device; <c>cuda</c> is the first one.</summary>
    /// <exception cref="Rt1Exception">There is no such device.</exception>
    public static Device DeviceOf(ComputeConfig config)
    {
        if (config.Device == "cpu")
            return CPU;
        var devices = cuda.is_available() ? cuda.device_count() : 0;
        var index = config.Device.Contains(':') ? int.Parse(config.Device[5..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        return index < devices ? new Device(DeviceType.CUDA, index)
            : throw new Rt1Exception($"compute.device {config.Device}: this libtorch finds {devices} CUDA devices; use cpu, or install a CUDA build of libtorch and the NVIDIA driver.");
    }

    /// <summary>Moves the network to its device and into its memory order.</summary>
    /// <exception cref="Rt1Exception">The device cannot compute in the configured type.</exception>
    public static void Prepare(Rt1Network network, ComputeConfig config, Device device)
    {
        KeepMemory();
        if (config.Precision == Precision.Fp16 && device.type == DeviceType.CPU)
            throw new Rt1Exception("compute.precision fp16 needs a CUDA device; use bf16 or float32.");
        if (device.type != DeviceType.CPU)
            network.to(device);
        network.ChannelsLast = config.ChannelsLast;
#if RT1_SYSTEM_BINDINGS
        LibTorch.FlushDenormals(true);
        if (config.ChannelsLast)
            network.Contiguous(MemoryFormat.ChannelsLast);
#endif
    }

    /// <summary>Runs matrix products and convolutions in the configured type until it is disposed; null for float32.</summary>
    public static IDisposable? Autocast(Precision precision, Device device)
    {
        if (precision == Precision.Float32)
            return null;
#if RT1_SYSTEM_BINDINGS
        return new Autocast(device.type, precision == Precision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float16);
#else
        throw new Rt1Exception("compute.precision: the TorchSharp package has no autocast; use float32, or build with the system's libtorch.");
#endif
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int option, int value);
}
