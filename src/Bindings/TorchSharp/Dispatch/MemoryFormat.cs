using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Bindings.Torch;

/// <summary>The order of a tensor's elements in memory; the numbers are libtorch's.</summary>
public enum MemoryFormat
{
    /// <summary>Row-major: (N, C, H, W) with W innermost.</summary>
    Contiguous = 0,

    /// <summary>Channels innermost: (N, C, H, W) stored as N, H, W, C; convolutions run faster on it.</summary>
    ChannelsLast = 2,
}

/// <summary>Memory formats, which TorchSharp does not offer.</summary>
public static class MemoryFormats
{
    /// <summary>The tensor itself if its memory is in that order, otherwise a copy that is. Its shape stays the same.</summary>
    public static Tensor Contiguous(this Tensor tensor, MemoryFormat format) => Dispatcher.Call("contiguous", tensor, (long)format);

    /// <summary>Puts all parameters and buffers with four dimensions into that order, in place; gradients are forgotten.</summary>
    public static T Contiguous<T>(this T module, MemoryFormat format) where T : nn.Module
    {
        using var recording = no_grad();
        foreach (var tensor in module.parameters().Concat(module.buffers()).Where(tensor => tensor.ndim == 4))
        {
            using var scope = NewDisposeScope();
            tensor.Exchange(tensor.detach().Contiguous(format).requires_grad_(tensor.requires_grad));
        }
        return module;
    }
}
