using TorchSharp;
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
    /// <returns>Images (N, 3, size, size).</returns>
    public static Tensor ToNetwork(Tensor images, int size)
    {
        var x = images.permute(0, 3, 1, 2).contiguous().to(ScalarType.Float32) / 255;
        return nn.functional.interpolate(x, [size, size], mode: InterpolationMode.Bilinear, align_corners: false);
    }
}
