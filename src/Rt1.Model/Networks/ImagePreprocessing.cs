using static TorchSharp.torch;

namespace Rt1.Model.Networks;

/// <summary>What happens to a frame before the network, in training, at run time and in tests alike.</summary>
public static class ImagePreprocessing
{
    /// <summary>
    /// uint8 RGB to float32 in [0, 1], then a bilinear resize with half-pixel centres and without antialiasing
    /// (<c>tf.image.resize</c>'s defaults); the aspect ratio is not kept.
    /// </summary>
    /// <param name="images">Frames (N, H, W, 3) uint8.</param>
    /// <param name="size">Rows and columns of the result.</param>
    /// <param name="channelsLast">Leaves the channels innermost in memory, as the frames have them.</param>
    /// <returns>Images (N, 3, size, size).</returns>
    public static Tensor ToNetwork(Tensor images, int size, bool channelsLast = false)
    {
        var x = images.permute(0, 3, 1, 2);
        x = (channelsLast ? x : x.contiguous()).to(ScalarType.Float32).div_(255);
        return Resize(Resize(x, 3, size), 2, size);
    }

    /// <summary>
    /// Resizes one axis. The places and weights are computed in float32 as TensorFlow does: libtorch's own interpolation differs from that by
    /// up to 1e-5 (it depends on its version), which the network's forty layers would magnify.
    /// </summary>
    private static Tensor Resize(Tensor x, int axis, int size)
    {
        var length = x.shape[axis];
        if (length == size)
            return x;
        var (lower, upper, weight) = (new long[size], new long[size], new float[size]);
        var scale = length / (float)size;
        for (var i = 0; i < size; i++)
        {
            var position = (i + 0.5f) * scale - 0.5f;
            lower[i] = Math.Max((long)MathF.Floor(position), 0);
            upper[i] = Math.Min((long)MathF.Ceiling(position), length - 1);
            weight[i] = position - MathF.Floor(position);
        }
        var (low, high) = (x.index_select(axis, tensor(lower, device: x.device)), x.index_select(axis, tensor(upper, device: x.device)));
        var weights = tensor(weight, device: x.device);
        return low + (high - low) * (axis == 3 ? weights : weights.unsqueeze(-1));
    }
}
