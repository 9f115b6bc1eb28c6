using static TorchSharp.torch;

namespace Rt1.Model.Inference;

/// <summary>A feature map of one image, stored cell by cell: (H·W, C). A 1×1 convolution on it is a plain matrix product.</summary>
/// <param name="Cells">(H·W, C), contiguous.</param>
internal readonly record struct FeatureMap(Tensor Cells, long Height, long Width)
{
    public long Channels => Cells.shape[1];

    /// <summary>The same memory as (1, C, H, W), channels last.</summary>
    public Tensor AsImage() => Cells.view(1, Height, Width, Channels).permute(0, 3, 1, 2);

    /// <summary>A (1, C, H, W) tensor as a feature map, without a copy where it is channels-last already.</summary>
    public static FeatureMap FromImage(Tensor image)
    {
        var (channels, height, width) = (image.shape[1], image.shape[2], image.shape[3]);
        return new FeatureMap(image.permute(0, 2, 3, 1).contiguous().view(height * width, channels), height, width);
    }
}
