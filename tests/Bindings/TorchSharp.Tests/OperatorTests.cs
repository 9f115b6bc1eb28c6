using static TorchSharp.Tests.Reference;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace TorchSharp.Tests;

/// <summary>Every operator that the networks and losses use, forward and backward, against PyTorch's numbers.</summary>
public class OperatorTests
{
    private static Tensor Classes => tensor(new long[] { 2, 0, 3, 1, 2 });
    private static Tensor Pixels => tensor(new long[,] { { 2, 0, 3 }, { 1, 2, 0 } });
    private static Tensor Weight => tensor(new[] { 0.5f, 1, 1.5f, 2 });
    private static Tensor Rows => tensor(new long[] { 2, 0, 2 });
    private static Tensor Places => tensor(new long[,] { { 0, 2, 1 }, { 1, 1, 0 } });
    private static Tensor Mask => tensor(new[] { true, false, true, false });

    private static readonly Dictionary<string, (long[][] Shapes, Func<Tensor[], Tensor> Run)> Cases = new()
    {
        ["add"] = ([[2, 3], [3]], x => x[0] + x[1]),
        ["add_alpha"] = ([[2, 3], [2, 3]], x => x[0].add(x[1], 2.5)),
        ["arithmetic"] = ([[2, 3], [2, 3]], x => (1 - x[0]) * 2 / (x[1] + 3) - x[0] / 4 + 0.5 * x[1] - 2 / (x[0] + 3)),
        ["remainder"] = ([[5]], x => x[0] % 0.3),
        ["floor_divide"] = ([[5]], x => x[0].div(0.3, RoundingMode.floor)),
        ["pow"] = ([[4], [4]], x => (x[0] + 2).pow(2.5) + (x[0] + 2).pow(x[1])),
        ["addcmul"] = ([[4], [4], [4]], x => x[0].addcmul(x[1], x[2], 0.3)),
        ["addcdiv"] = ([[4], [4], [4]], x => x[0].addcdiv(x[1], x[2] + 2, 0.3)),
        ["lerp"] = ([[4], [4], [4]], x => x[0].lerp(x[1], x[2])),
        ["minmax"] = ([[4], [4]], x => minimum(x[0], x[1]) - 2 * maximum(x[0], x[1])),
        ["exp_log"] = ([[4]], x => x[0].exp() + (x[0] + 2).log() + (x[0] + 2).sqrt() + (x[0] + 2).rsqrt() + (x[0] + 2).log1p()
            + x[0].expm1()),
        ["trigonometry"] = ([[4]], x => x[0].sin() + x[0].cos() + x[0].tanh() + x[0].abs() + x[0].sigmoid() + x[0].square()),
        ["rounding"] = ([[4]], x => (x[0] * 3).floor() + (x[0] * 5).ceil() + (x[0] * 7).round() + (x[0] * 9).trunc() + x[0].sign()),
        ["clamp"] = ([[6]], x => x[0].clamp(-0.5, 0.4) + x[0].clamp(min: 0.1.ToScalar())),
        ["softmax"] = ([[2, 4]], x => x[0].softmax(-1)),
        ["log_softmax"] = ([[2, 4]], x => log_softmax(x[0], 1)),
        ["logsumexp"] = ([[2, 4]], x => x[0].logsumexp(1)),
        ["where"] = ([[4], [4]], x => where(Mask, x[0], x[1])),
        ["masked_fill"] = ([[2, 4]], x => x[0].masked_fill(Mask, 3)),
        ["nan_to_num"] = ([[4]], x => nan_to_num(x[0].detach() * double.NaN, nan: 1.5)
            + nan_to_num(x[0].detach() * double.PositiveInfinity, posinf: 2, neginf: -3)),
        ["relu"] = ([[6]], x => relu(x[0])),
        ["silu"] = ([[6]], x => silu(x[0])),
        ["gelu"] = ([[6]], x => gelu(x[0])),
        ["gelu_tanh"] = ([[6]], x => gelu(x[0], Modules.GELU.Approximate.tanh)),
        ["leaky_relu"] = ([[6]], x => leaky_relu(x[0], 0.2)),
        ["softplus"] = ([[6]], x => softplus(x[0])),
        ["matmul"] = ([[2, 3, 4], [4, 2]], x => x[0].matmul(x[1])),
        ["bmm"] = ([[2, 3, 4], [2, 4, 2]], x => x[0].bmm(x[1])),
        ["addmm"] = ([[3, 2], [3, 4], [4, 2]], x => x[0].addmm(x[1], x[2], 0.5f, 2)),
        ["attention"] = ([[2, 3, 4], [2, 3, 4], [2, 3, 4]], x =>
        {
            var scores = einsum("bqd,bkd->bqk", x[0], x[1]) / 2;
            return scores.masked_fill(ones(3, 3).triu(1).@bool(), double.NegativeInfinity).softmax(-1).bmm(x[2]);
        }
        ),
        ["outer"] = ([[3], [4]], x => x[0].outer(x[1])),
        ["sum"] = ([[2, 3]], x => x[0].sum(1) + x[0].sum() + x[0].sum([0L, 1], keepdim: true)[0]),
        ["mean"] = ([[2, 3, 2]], x => x[0].mean([1, 2]) + x[0].mean()),
        ["var"] = ([[2, 3]], x => x[0].var(1) + x[0].var([0L, 1], unbiased: false) + x[0].std(1)),
        ["max"] = ([[2, 3]], x => x[0].max(1).values + x[0].min(1).values + x[0].max() + x[0].amax(1)),
        ["norm"] = ([[2, 3]], x => x[0].norm() + x[0].norm(1) + normalize(x[0], dim: 1).sum(1)),
        ["topk"] = ([[2, 4]], x => x[0].topk(2, -1).values),
        ["sort"] = ([[2, 4]], x => x[0].sort(-1, descending: true).Values),
        ["cumsum"] = ([[2, 4]], x => x[0].cumsum(1) + x[0].cumprod(1)),
        ["argmax"] = ([[2, 4]], x => x[0].argmax(1).@float() + x[0].argmin(1).@float() + x[0].argsort(1)[TensorIndex.Colon, 0].@float()),
        ["reshape"] = ([[2, 6]], x => x[0].reshape(3, 4).t().contiguous().view(2, 6).permute(1, 0).flatten()),
        ["transpose"] = ([[2, 3, 2]], x => x[0].transpose(0, 2).unsqueeze(1).squeeze(1)),
        ["cat"] = ([[2, 3], [2, 1]], x => cat([x[0], x[1]], 1)),
        ["stack"] = ([[2, 3], [2, 3]], x => stack([x[0], x[1]], 1)),
        ["split"] = ([[2, 3]], x => x[0].split([1L, 2], 1)[1] + x[0].chunk(3, 1)[0]
            + x[0].unbind(1)[2][TensorIndex.Colon, TensorIndex.None]),
        ["expand"] = ([[1, 3]], x => x[0].expand(2, 3) + x[0].repeat(2, 1) + x[0].repeat_interleave(2, 0)),
        ["flip_roll"] = ([[2, 3]], x => x[0].flip(1) + 2 * x[0].roll(1, 0) + 3 * x[0].roll([1L, 1], [0L, 1])),
        ["triangles"] = ([[3, 3]], x => x[0].tril() + 2 * x[0].triu(1)),
        ["gather"] = ([[2, 3]], x => x[0].gather(1, Places)),
        ["scatter"] = ([[2, 3], [2, 1]], x => x[0].scatter(1, Places[.., ..1], x[1])),
        ["scatter_add"] = ([[2, 3], [2, 3]], x => x[0].scatter_add(1, Places, x[1])),
        ["index_select"] = ([[3, 2]], x => x[0].index_select(0, Rows)),
        ["index"] = ([[3, 4]], x => x[0][TensorIndex.Tensor(Rows), 1] + x[0][1.., TensorIndex.Ellipsis, 0].sum() + x[0][-1, 0]
            + x[0][TensorIndex.Colon, TensorIndex.None, TensorIndex.Slice(step: 2)].sum()),
        ["linear"] = ([[2, 3, 4], [5, 4], [5]], x => linear(x[0], x[1], x[2])),
        ["conv1d"] = ([[1, 4, 7], [4, 2, 3], [4]], x => conv1d(x[0], x[1], x[2], 2, 1, 1, 2)),
        ["conv2d"] = ([[2, 4, 6, 5], [4, 2, 3, 2], [4]], x => conv2d(x[0], x[1], x[2], [2, 1], [1, 2], [1, 2], 2)),
        ["conv2d_depthwise"] = ([[1, 3, 5, 5], [3, 1, 3, 3]], x => conv2d(x[0], x[1], null, [1, 1], [1, 1], [1, 1], 3)),
        ["conv2d_same"] = ([[1, 2, 4, 4], [3, 2, 3, 3]], x => conv2d_padding(x[0], x[1], padding: Padding.Same)),
        ["layer_norm"] = ([[2, 3, 4], [4], [4]], x => layer_norm(x[0], [4], x[1], x[2], 1e-6)),
        ["group_norm"] = ([[2, 4, 3], [4], [4]], x => group_norm(x[0], 2, x[1], x[2])),
        ["avg_pool2d"] = ([[1, 2, 4, 4]], x => avg_pool2d(x[0], 2, 2, 1, count_include_pad: false)),
        ["max_pool2d"] = ([[1, 2, 5, 5]], x => max_pool2d(x[0], 3, 2, 1)),
        ["adaptive_avg_pool2d"] = ([[1, 2, 5, 5]], x => adaptive_avg_pool2d(x[0], (2, 3))),
        ["interpolate_bilinear"] = ([[1, 2, 3, 4]], x => interpolate(x[0], [5, 3], mode: InterpolationMode.Bilinear, align_corners: false)),
        ["interpolate_corners"] = ([[1, 2, 3, 4]], x => interpolate(x[0], [5, 3], mode: InterpolationMode.Bilinear, align_corners: true)),
        ["interpolate_nearest"] = ([[1, 2, 3, 2]], x => interpolate(x[0], scale_factor: [2, 2])),
        ["interpolate_antialias"] = ([[1, 1, 5, 5]], x => interpolate(x[0], [2, 2], mode: InterpolationMode.Bilinear, antialias: true)),
        ["pad"] = ([[1, 2, 2, 3]], x => pad(x[0], [1L, 2, 0, 1], value: 0.25)),
        ["pad_reflect"] = ([[1, 1, 3, 3]], x => pad(x[0], [1L, 2, 0, 1], PaddingModes.Reflect)),
        ["pad_replicate"] = ([[1, 1, 3, 3]], x => pad(x[0], (1, 2, 0, 1), PaddingModes.Replicate)),
        ["cross_entropy"] = ([[5, 4]], x => cross_entropy(x[0], Classes)),
        ["cross_entropy_options"] = ([[5, 4]], x => cross_entropy(x[0], Classes, Weight, ignore_index: 3, reduction: Reduction.Sum,
            label_smoothing: 0.1)),
        ["cross_entropy_pixels"] = ([[2, 4, 3]], x => cross_entropy(x[0], Pixels, reduction: Reduction.None)),
        ["cross_entropy_probabilities"] = ([[3, 4], [3, 4]], x => cross_entropy(x[0], x[1].softmax(1), label_smoothing: 0.2)),
        ["binary_cross_entropy"] = ([[4]], x => binary_cross_entropy_with_logits(x[0], Mask.@float(), pos_weights: Weight)),
        ["mse_loss"] = ([[3, 2], [3, 2]], x => mse_loss(x[0], x[1])),
        ["l1_loss"] = ([[3, 2], [3, 2]], x => l1_loss(x[0], x[1])),
        ["smooth_l1_loss"] = ([[3, 2], [3, 2]], x => smooth_l1_loss(x[0], x[1], beta: 0.5)),
        ["huber_loss"] = ([[3, 2], [3, 2]], x => huber_loss(x[0], x[1], 0.5)),
        ["kl_div"] = ([[3, 2], [3, 2]], x => kl_div(x[0].log_softmax(1), x[1].softmax(1), log_target: false, reduction: Reduction.Sum)),
        ["nll_loss"] = ([[5, 4]], x => nll_loss(x[0].log_softmax(1), Classes, Weight)),
    };

    public static TheoryData<string> Operators => [.. Names("operators")];

    [Theory]
    [MemberData(nameof(Operators))]
    public void Operator_ForwardAndBackward_EqualPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var (shapes, run) = Cases[name];
        var inputs = shapes.Select((shape, i) => Fill(shape, i + 1).requires_grad_()).ToArray();
        var output = run(inputs);
        AssertEqual(output, "operators", name, "output");
        var gradients = Names("operators", name).Where(entry => entry != "output").ToList();
        if (gradients.Count > 0)
            Backward(output);
        foreach (var gradient in gradients)
            AssertEqual(inputs[gradient[^1] - '0'].grad, "operators", name, gradient);
    }

    [Fact]
    public void Cases_AgainstTheReference_AreTheSame() => Assert.Equal(Names("operators").Order(), Cases.Keys.Order());
}
