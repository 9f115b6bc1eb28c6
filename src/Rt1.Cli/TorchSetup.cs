using Rt1.Core;
using TorchSharp;

namespace Rt1.Cli;

/// <summary>Prepares libtorch for a command.</summary>
internal static class TorchSetup
{
    /// <summary>Sets the thread count, which libtorch leaves at one, and finds the device.</summary>
    /// <exception cref="Rt1Exception">CUDA is asked for and not there.</exception>
    public static torch.Device Use(Device device)
    {
        torch.set_num_threads(Environment.ProcessorCount);
        if (device == Device.Cuda && !torch.cuda.is_available())
            throw new Rt1Exception("--device cuda: this libtorch finds no CUDA device; use --device cpu, or install a CUDA build of libtorch and the NVIDIA driver.");
        torch.backends.cudnn.allow_tf32 = false; // on by default; it keeps 10 bits of each factor, and the goldens ask for 1e-4
        return device == Device.Cuda ? torch.CUDA : torch.CPU;
    }
}
