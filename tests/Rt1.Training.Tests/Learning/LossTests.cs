using Rt1.Core;
using Rt1.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training.Tests;

public class LossTests
{
    private static readonly ActionSpace Space = Toy.Policy.ActionSpace.ToActionSpace();

    [Fact]
    public void Tokens_WithoutSigma_IsTheMeanCrossEntropy()
    {
        using var scope = NewDisposeScope();
        var (logits, tokens) = Predictions();
        using var loss = new TokenLoss(Space, 0, CPU);

        var expected = -logits.log_softmax(-1).gather(3, tokens.unsqueeze(-1)).squeeze(-1).mean([2]);

        Assert.True(allclose(expected, loss.PerStep(logits, tokens)));
    }

    [Fact]
    public void Tokens_WithSigma_SpreadsContinuousMotionOnly()
    {
        using var scope = NewDisposeScope();
        var tokens = full(1, 1, Space.TokenCount, 20, ScalarType.Int64);
        using var loss = new TokenLoss(Space, 2, CPU);
        var gradients = new Dictionary<string, float[]>();
        foreach (var (token, name) in Space.TokenNames.Index())
        {
            // At equal logits the gradient is (1/64 − target)/11.
            var logits = zeros(1, 1, Space.TokenCount, Space.VocabularySize).requires_grad_();
            loss.PerStep(logits, tokens).sum().backward();
            gradients[name] = [.. logits.grad![0][0][token].data<float>().ToArray().Select(g => 1f / 64 - 11 * g)];
        }

        Assert.All(new[] { "terminate_episode", "gripper_closedness_action" }, hard => Assert.Equal(1, gradients[hard][20], 1e-5));
        foreach (var (name, target) in gradients.Where(g => g.Key is not ("terminate_episode" or "gripper_closedness_action")))
        {
            Assert.Equal(1, target.Sum(), 1e-4);
            Assert.Equal(Math.Exp(-0.5), target[22] / target[20], 1e-3);
            Assert.Equal(target[17], target[23], 1e-5);
        }
    }

    [Fact]
    public void Attention_APlace_IsHighestInItsCell()
    {
        var cells = new float[36];

        new AttentionLoss(6, 0.6).Spread(cells, new((4 + 0.5f) / 6, (1 + 0.5f) / 6));

        Assert.Equal(1 * 6 + 4, Array.IndexOf(cells, cells.Max()));
        Assert.Equal(1, cells.Sum(), 1e-5);
        Assert.Equal(Math.Exp(-0.5 / 0.36), cells[1 * 6 + 5] / cells[1 * 6 + 4], 1e-5);
    }

    [Fact]
    public void Attention_OnlyWhatIsSeen_HasLoss()
    {
        using var scope = NewDisposeScope();
        var attention = randn(2, 36, 4);
        var loss = new AttentionLoss(6, 0.6);
        var target = new Keypoints(new(0.3f, 0.3f), null, null);

        Assert.Null(loss.Sum(attention, [default, default]));
        Assert.Equal(loss.Sum(attention, [target, default])!.ToDouble(), loss.Sum(attention.narrow(0, 0, 1), [target])!.ToDouble(), 1e-6);
        Assert.NotEqual(loss.Sum(attention, [target, default])!.ToDouble(), loss.Sum(attention, [target, target])!.ToDouble(), 1e-3);
    }

    private static (Tensor Logits, Tensor Tokens) Predictions() =>
        (randn(2, 3, Space.TokenCount, Space.VocabularySize), randint(0, 64, [2, 3, Space.TokenCount], ScalarType.Int64));
}
