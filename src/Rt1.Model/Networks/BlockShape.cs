using Rt1.Configuration;

namespace Rt1.Model.Networks;

/// <summary>The resolved sizes of one block of the backbone.</summary>
/// <param name="Kind">Separable or fused.</param>
/// <param name="Kernel">Kernel of the spatial convolution.</param>
/// <param name="Stride">Stride of the spatial convolution.</param>
/// <param name="Input">Input channels.</param>
/// <param name="Expanded">Channels inside the block.</param>
/// <param name="Squeezed">Width of squeeze-and-excitation.</param>
/// <param name="Output">Output channels.</param>
/// <param name="DropConnect">Drop probability of the residual branch in training.</param>
public sealed record BlockShape(BlockKind Kind, int Kernel, int Stride, int Input, int Expanded, int Squeezed, int Output, double DropConnect)
{
    /// <summary>Whether the block adds its input to its output.</summary>
    public bool Residual => Stride == 1 && Input == Output;

    /// <summary>All blocks of a backbone, scaled and rounded as EfficientNet does (arXiv 1905.11946).</summary>
    public static IReadOnlyList<BlockShape> Resolve(BackboneConfig config)
    {
        var stages = config.Stages.Select(stage => (Stage: stage, Repeats: (int)Math.Ceiling(stage.Repeats * config.DepthMultiplier))).ToList();
        var count = stages.Sum(s => s.Repeats);
        var blocks = new List<BlockShape>(count);
        var input = Channels(config.StemChannels, config);
        foreach (var (stage, repeats) in stages)
        {
            for (var i = 0; i < repeats; i++)
            {
                var output = Channels(stage.Channels, config);
                var squeezed = Math.Max(1, (int)(input * config.SqueezeRatio));
                blocks.Add(new BlockShape(stage.Block, stage.Kernel, i == 0 ? stage.Stride : 1, input, input * stage.Expansion, squeezed, output,
                    config.DropConnect * blocks.Count / count));
                input = output;
            }
        }
        return blocks;
    }

    /// <summary>A channel count times the width multiplier, rounded to a multiple of 8 but not below nine tenths of it.</summary>
    public static int Channels(int channels, BackboneConfig config)
    {
        var scaled = channels * config.WidthMultiplier;
        var rounded = Math.Max(8, (int)(scaled + 4) / 8 * 8);
        return rounded < 0.9 * scaled ? rounded + 8 : rounded;
    }

    /// <summary>Rows and columns of the feature map that a square image of the given size becomes.</summary>
    public static int MapSize(BackboneConfig config, int imageSize) =>
        Resolve(config).Aggregate(imageSize / 2, (size, block) => size / block.Stride);
}
