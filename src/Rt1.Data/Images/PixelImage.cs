namespace Rt1.Data;

/// <summary>Decoded pixels: RGB, grey, depth, or whatever else an image's channels mean.</summary>
/// <param name="Type">uint8, uint16 or float32.</param>
/// <param name="Pixels">Height × Width × Channels elements, little-endian, row by row.</param>
public sealed record PixelImage(ElementType Type, int Height, int Width, int Channels, byte[] Pixels)
{
    public TensorValue Tensor { get; } = new(Type, [Height, Width, Channels], Pixels);

    /// <summary>The mean of each channel.</summary>
    public double[] ChannelMeans()
    {
        var sums = new double[Channels];
        for (var i = 0; i < Tensor.Count; i++)
            sums[i % Channels] += Tensor[i];
        return [.. sums.Select(sum => sum / ((double)Height * Width))];
    }
}
