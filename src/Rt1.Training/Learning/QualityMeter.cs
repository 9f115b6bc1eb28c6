using Rt1.Configuration;
using Rt1.Core;
using Rt1.Data;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>Measures predictions against demonstrations.</summary>
internal sealed class QualityMeter(ActionSpace space, DecodeConfig decode)
{
    /// <param name="logits">(B, T, A, V), float32.</param>
    /// <param name="tokens">(B, T, A).</param>
    public PredictionQuality Of(Tensor logits, Tensor tokens, WindowBatch batch)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var right = logits.argmax(-1).eq(tokens).to(ScalarType.Float32).flatten(0, 1).cpu().data<float>().ToArray();
        var accuracy = new double[space.TokenCount];
        var real = Enumerable.Range(0, batch.IsValid.Length).Where(i => batch.IsValid[i]).ToList();
        for (var token = 0; token < accuracy.Length; token++)
            accuracy[token] = real.Count == 0 ? double.NaN : real.Average(i => right[i * accuracy.Length + token]);
        return new PredictionQuality(accuracy, TranslationError(logits, batch, real));
    }

    private double TranslationError(Tensor logits, WindowBatch batch, List<int> real)
    {
        var first = space.Fields.TakeWhile(f => f.Name != ActionFields.WorldVector).Sum(f => f.TokenCount);
        var field = space.Fields.Single(f => f.Name == ActionFields.WorldVector);
        var own = logits.detach().narrow(2, first, field.Size);
        var decoded = decode.Motion == MotionDecoding.Mean
            ? matmul(own.softmax(-1), arange(space.VocabularySize, ScalarType.Float32, own.device))
            : own.argmax(-1).to(ScalarType.Float32);
        var values = (decoded * space.BinWidth(field) + field.Low).flatten().cpu().data<float>().ToArray();
        var moving = real.Where(i => batch.Actions[i].Mode == ControlMode.Arm).ToList();
        return moving.Count == 0 ? double.NaN : 1000 * moving.Average(i =>
            (new System.Numerics.Vector3(values.AsSpan(3 * i, 3)) - System.Numerics.Vector3.Clamp(batch.Actions[i].WorldVector, new(field.Low), new(field.High))).Length());
    }
}
