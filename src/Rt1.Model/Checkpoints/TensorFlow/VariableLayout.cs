using static TorchSharp.torch;

namespace Rt1.Model.Checkpoints.TensorFlow;

/// <summary>How TensorFlow's axes become ours.</summary>
internal enum AxisOrder
{
    /// <summary>Vectors; those that TensorFlow splits by heads are flattened.</summary>
    Same,

    /// <summary>(height, width, in, out) to (out, in, height, width).</summary>
    Convolution,

    /// <summary>(height, width, channels, 1) to (channels, 1, height, width).</summary>
    Depthwise,

    /// <summary>(in…, out…) to (out, in); attention's kernels carry heads as an axis of their own.</summary>
    Dense,
}

/// <summary>One variable of Google's checkpoint and the tensor of ours that it becomes.</summary>
/// <param name="Name">Checkpoint key below the network's prefix.</param>
/// <param name="Parameter">Name in our state dictionary.</param>
internal sealed record VariableLayout(string Name, string Parameter, AxisOrder Axes)
{
    /// <summary>Whether a variable of this TensorFlow shape becomes a tensor of that shape of ours.</summary>
    public bool Fits(IReadOnlyList<long> source, long[] target) => Axes switch
    {
        AxisOrder.Convolution => source is [var h, var w, var i, var o] && target.AsSpan().SequenceEqual([o, i, h, w]),
        AxisOrder.Depthwise => source is [var h, var w, var c, 1] && target.AsSpan().SequenceEqual([c, 1, h, w]),
        AxisOrder.Dense => Product(source) == Product(target) && (source[0] == target[1] || source[^1] == target[0]),
        _ => Product(source) == Product(target),
    };

    /// <summary>A TensorFlow tensor in our axes, contiguous.</summary>
    public Tensor ToOurs(Tensor source, long[] target) => (Axes switch
    {
        AxisOrder.Convolution => source.permute(3, 2, 0, 1),
        AxisOrder.Depthwise => source.permute(2, 3, 0, 1),
        AxisOrder.Dense => source.reshape(target[1], target[0]).t(),
        _ => source.reshape(target),
    }).contiguous();

    private static long Product(IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => checked(product * size));
}
