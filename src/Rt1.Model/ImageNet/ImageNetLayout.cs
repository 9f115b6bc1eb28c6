using Rt1.Configuration;
using Rt1.Model.Networks;

namespace Rt1.Model.ImageNet;

/// <summary>The names that timm and torchvision give the tensors of an EfficientNet, paired with those of our backbone.</summary>
internal abstract class ImageNetLayout
{
    /// <summary>All pairs (theirs, ours); ours are relative to the backbone.</summary>
    public IEnumerable<(string Theirs, string Ours)> Of(BackboneConfig config)
    {
        var blocks = BlockShape.Resolve(config);
        var pairs = new List<(string, string)>();
        pairs.AddRange(Stem("stem"));
        var index = 0;
        for (var stage = 0; stage < config.Stages.Count; stage++)
        {
            var repeats = (int)Math.Ceiling(config.Stages[stage].Repeats * config.DepthMultiplier);
            for (var i = 0; i < repeats; i++, index++)
                pairs.AddRange(Block(stage, i, blocks[index].Expanded != blocks[index].Input, $"blocks.{index}"));
        }
        pairs.AddRange(Top(config.Stages.Count, "top"));
        return pairs;
    }

    protected abstract IEnumerable<(string, string)> Stem(string ours);

    protected abstract IEnumerable<(string, string)> Block(int stage, int index, bool expands, string ours);

    protected abstract IEnumerable<(string, string)> Top(int stages, string ours);

    protected static IEnumerable<(string, string)> ConvNorm(string convolution, string norm, string ours) =>
    [
        ($"{convolution}.weight", $"{ours}.conv.weight"),
        .. new[] { "weight", "bias", "running_mean", "running_var" }.Select(part => ($"{norm}.{part}", $"{ours}.norm.{part}")),
    ];

    protected static IEnumerable<(string, string)> Squeeze(string reduce, string expand, string ours) =>
    [
        .. new[] { "weight", "bias" }.SelectMany(part => new[] { ($"{reduce}.{part}", $"{ours}.squeeze.reduce.{part}"), ($"{expand}.{part}", $"{ours}.squeeze.expand.{part}") }),
    ];
}

/// <summary>timm: <c>tf_efficientnet_b3</c> and <c>efficientnet_b3</c>.</summary>
internal sealed class TimmLayout : ImageNetLayout
{
    public const string FirstTensor = "conv_stem.weight";

    protected override IEnumerable<(string, string)> Stem(string ours) => ConvNorm("conv_stem", "bn1", ours);

    protected override IEnumerable<(string, string)> Block(int stage, int index, bool expands, string ours)
    {
        var theirs = $"blocks.{stage}.{index}";
        return
        [
            .. expands ? ConvNorm($"{theirs}.conv_pw", $"{theirs}.bn1", $"{ours}.expand") : [],
            .. ConvNorm($"{theirs}.conv_dw", $"{theirs}.{(expands ? "bn2" : "bn1")}", $"{ours}.depthwise"),
            .. Squeeze($"{theirs}.se.conv_reduce", $"{theirs}.se.conv_expand", ours),
            .. ConvNorm($"{theirs}.{(expands ? "conv_pwl" : "conv_pw")}", $"{theirs}.{(expands ? "bn3" : "bn2")}", $"{ours}.project"),
        ];
    }

    protected override IEnumerable<(string, string)> Top(int stages, string ours) => ConvNorm("conv_head", "bn2", ours);
}

/// <summary>torchvision: <c>efficientnet_b3</c>.</summary>
internal sealed class TorchvisionLayout : ImageNetLayout
{
    public const string FirstTensor = "features.0.0.weight";

    protected override IEnumerable<(string, string)> Stem(string ours) => ConvNorm("features.0.0", "features.0.1", ours);

    protected override IEnumerable<(string, string)> Block(int stage, int index, bool expands, string ours)
    {
        var theirs = $"features.{stage + 1}.{index}.block";
        var next = 0;
        return
        [
            .. expands ? Part("expand") : [],
            .. Part("depthwise"),
            .. Squeeze($"{theirs}.{next}.fc1", $"{theirs}.{next++}.fc2", ours),
            .. Part("project"),
        ];

        IEnumerable<(string, string)> Part(string part)
        {
            var i = next++;
            return ConvNorm($"{theirs}.{i}.0", $"{theirs}.{i}.1", $"{ours}.{part}");
        }
    }

    protected override IEnumerable<(string, string)> Top(int stages, string ours) => ConvNorm($"features.{stages + 1}.0", $"features.{stages + 1}.1", ours);
}
