using System.Runtime.InteropServices;

namespace OneDnn;

/// <summary>
/// A convolution or linear layer for inference, float32: its weights are packed once for this processor, and it runs on
/// fixed sizes. Not thread-safe.
/// </summary>
public sealed unsafe class Layer : SafeHandle
{
    private readonly int _outputChannels;
    private readonly bool _modulated;

    private Layer(nint primitive, int inputLength, int outputLength, int outputChannels, bool modulated) : base(0, ownsHandle: true)
    {
        SetHandle(primitive);
        InputLength = inputLength;
        OutputLength = outputLength;
        _outputChannels = outputChannels;
        _modulated = modulated;
    }

    /// <summary>Floats that <see cref="Run"/> reads.</summary>
    public int InputLength { get; }

    /// <summary>Floats that <see cref="Run"/> writes.</summary>
    public int OutputLength { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>A convolution of one channels-last map (height, width, channels) with a square kernel.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <param name="fusion">What is fused behind it.</param>
    /// <param name="weights">(out, in / groups, kernel, kernel).</param>
    /// <param name="bias">(out).</param>
    /// <exception cref="OneDnnException">oneDNN has no implementation of this shape.</exception>
    public static Layer Convolution(ConvolutionShape shape, Fusion fusion, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        Require(weights.Length, shape.Out * (shape.In / shape.Groups) * shape.Kernel * shape.Kernel, nameof(weights));
        Require(bias.Length, shape.Out, nameof(bias));
        fixed (float* w = weights, b = bias)
        {
            Native.Check(Native.rt1_onednn_convolution(
                shape.Height, shape.Width, shape.In, shape.Out, shape.Kernel, shape.Stride, shape.Groups, shape.PadBefore, shape.PadAfter,
                fusion.ToNative(), w, b, out var primitive));
            return new Layer(primitive, shape.Height * shape.Width * shape.In, shape.OutHeight * shape.OutWidth * shape.Out, shape.Out, fusion.Modulate);
        }
    }

    /// <summary>y = x·Wᵀ + b for x (rows, in).</summary>
    /// <param name="rows">Rows of x and y.</param>
    /// <param name="fusion">What is fused behind it.</param>
    /// <param name="weights">(out, in).</param>
    /// <param name="bias">(out).</param>
    /// <exception cref="OneDnnException">oneDNN has no implementation of this shape.</exception>
    public static Layer Linear(int rows, Fusion fusion, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        var (output, input) = (bias.Length, weights.Length / bias.Length);
        Require(weights.Length, output * input, nameof(weights));
        fixed (float* w = weights, b = bias)
        {
            Native.Check(Native.rt1_onednn_linear(rows, input, output, fusion.ToNative(), w, b, out var primitive));
            return new Layer(primitive, rows * input, rows * output, output, fusion.Modulate);
        }
    }

    /// <summary>Sets the scale and shift per output channel.</summary>
    /// <exception cref="InvalidOperationException">The layer was made without <see cref="Fusion.Modulate"/>.</exception>
    public void Modulate(ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
    {
        if (!_modulated)
            throw new InvalidOperationException("The layer was made without Fusion.Modulate.");
        Require(scale.Length, _outputChannels, nameof(scale));
        Require(shift.Length, _outputChannels, nameof(shift));
        fixed (float* s = scale, t = shift)
            Native.Check(Native.rt1_onednn_modulate(handle, s, t));
    }

    public void Run(ReadOnlySpan<float> input, Span<float> output)
    {
        Require(input.Length, InputLength, nameof(input));
        Require(output.Length, OutputLength, nameof(output));
        fixed (float* x = input, y = output)
            Native.Check(Native.rt1_onednn_run(handle, x, y));
    }

    protected override bool ReleaseHandle()
    {
        Native.rt1_onednn_free(handle);
        return true;
    }

    private static void Require(int got, int expected, string name)
    {
        if (got != expected)
            throw new ArgumentException($"expected {expected} floats, got {got}.", name);
    }
}
