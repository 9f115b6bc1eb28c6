using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Bindings.Torch;

/// <summary>
/// Automatic mixed precision, which TorchSharp does not offer: until it is disposed, matrix products and convolutions on this thread run
/// in a smaller type, and operators that need the range run in float32.
/// </summary>
public sealed class Autocast : IDisposable
{
    private nint _before;

    /// <param name="device">The kind of device whose operators are concerned.</param>
    /// <param name="dtype">BFloat16, or on CUDA Float16.</param>
    /// <param name="enabled">False switches an outer autocast off.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The device does not support the type.</exception>
    public Autocast(DeviceType device, ScalarType dtype, bool enabled = true) =>
        _before = Native.Check(Native.rt1_autocast_enter((int)device, Native.AsByte(enabled), (int)dtype));

    /// <summary>Restores what was before; the innermost first.</summary>
    public void Dispose()
    {
        if (_before != 0)
            Native.rt1_autocast_leave(_before);
        _before = 0;
    }
}
