using Rt1.Model.Checkpoints.TensorFlow;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Golden;

/// <summary>Walks a network stage by stage under the reference's names.</summary>
internal static class StageComparison
{
    /// <summary>Runs the tokenizer on a frame (1, H, W, 3) and hands out each wanted stage as (1, C, H, W).</summary>
    public static void Run(Rt1Network network, Tensor image, Tensor context, Action<string, Tensor> compare, params string[] wanted)
    {
        var tokenizer = network.ImageTokenizer;
        var x = tokenizer.Normalize(ImagePreprocessing.ToNetwork(image, network.Config.Image.Size));
        Show("stem", x = tokenizer.Backbone.Stem.call(x));
        var index = 0;
        foreach (var block in tokenizer.Backbone.Blocks)
            Show($"block{index++:00}", x = block.call(x, context));
        Show("top", x = tokenizer.Backbone.Top!.call(x));
        Show("head", tokenizer.HeadMap(x, context));

        void Show(string stage, Tensor value)
        {
            if (wanted.Contains(stage))
                compare(stage, value);
        }
    }

    /// <summary>The gradient of the parameter that a variable of the reference became.</summary>
    public static Tensor GradientOf(Rt1Network network, string variable) =>
        network.named_parameters().Single(p => p.name == LayoutOf(network, variable).Parameter).parameter.grad!;

    /// <summary>A tensor of the reference's axes in ours.</summary>
    public static Tensor InOurAxes(Rt1Network network, string variable, Tensor value)
    {
        var layout = LayoutOf(network, variable);
        return layout.ToOurs(value, network.state_dict()[layout.Parameter].shape);
    }

    /// <summary>The name and shape of the parameter that a variable of the reference became.</summary>
    public static long[] InOurAxesShape(Rt1Network network, string variable, out string parameter) =>
        network.state_dict()[parameter = LayoutOf(network, variable).Parameter].shape;

    private static VariableLayout LayoutOf(Rt1Network network, string variable) =>
        ReferenceLayout.Of(network.Config.Network).Single(v => v.Name == variable);
}
