using Rt1.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Model.Networks;

/// <summary>The convolutional backbone: stem, inverted-residual blocks with FiLM, and the last 1×1 convolution.</summary>
internal sealed class FilmEfficientNet : Module<Tensor, Tensor, Tensor>
{
    public FilmEfficientNet(BackboneConfig config, int contextSize) : base(nameof(FilmEfficientNet))
    {
        var shapes = BlockShape.Resolve(config);
        Stem = new ConvNorm(3, BlockShape.Channels(config.StemChannels, config), kernel: 3, stride: 2, groups: 1, activate: true, config);
        Blocks = ModuleList(shapes.Select(shape => new MbConvBlock(shape, contextSize, config)).ToArray());
        OutputChannels = shapes[^1].Output;
        register_module("stem", Stem);
        register_module("blocks", Blocks);
        if (config.TopChannels is { } channels)
        {
            Top = new ConvNorm(OutputChannels, OutputChannels = BlockShape.Channels(channels, config), kernel: 1, stride: 1, groups: 1, activate: true, config);
            register_module("top", Top);
        }
    }

    public ConvNorm Stem { get; }

    public ModuleList<MbConvBlock> Blocks { get; }

    public ConvNorm? Top { get; }

    public int OutputChannels { get; }

    /// <param name="x">Normalised images (N, 3, S, S).</param>
    /// <param name="context">Instruction embeddings (N, context size).</param>
    /// <returns>Feature map (N, <see cref="OutputChannels"/>, s, s).</returns>
    public override Tensor forward(Tensor x, Tensor context)
    {
        x = Stem.call(x);
        foreach (var block in Blocks)
            x = block.call(x, context);
        return Top is null ? x : Top.call(x);
    }
}
