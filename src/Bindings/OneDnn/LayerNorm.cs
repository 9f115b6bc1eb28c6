namespace OneDnn;

/// <summary>Layer normalisation over rows, inference form.</summary>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="scale">(width).</param>
/// <param name="shift">(width).</param>
public sealed unsafe class LayerNorm(float epsilon, float[] scale, float[] shift)
{
    /// <summary>Normalises each row of width numbers; input and output may be the same.</summary>
    public void Run(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length % scale.Length != 0 || output.Length != input.Length)
            throw new ArgumentException($"expected rows of {scale.Length} floats in and out, got {input.Length} and {output.Length}.", nameof(input));
        fixed (float* x = input, y = output, s = scale, t = shift)
            Native.rt1_onednn_layer_norm(x, input.Length / scale.Length, scale.Length, epsilon, s, t, y);
    }
}
