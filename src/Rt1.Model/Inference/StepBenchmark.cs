using Rt1.Configuration;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Inference;

/// <summary>Median times of a control step with a full window. Printed as JSON, the names are those of the properties in snake_case.</summary>
/// <param name="ImageTokensMs">One frame to its image tokens, preprocessing included.</param>
/// <param name="TransformerMs">The window's image tokens to logits.</param>
/// <param name="StepMs">The whole step.</param>
/// <param name="ReferenceStyleStepMs">The same step from the training form's operators, with a transformer pass for each action token.</param>
/// <param name="GemmGflops">What this machine's float32 matrix product reaches, in 10⁹ operations a second.</param>
/// <param name="Ratio">How many times faster the step is than the reference's style.</param>
public sealed record StepTimings(
    double ImageTokensMs, double TransformerMs, double StepMs, double ReferenceStyleStepMs, double GemmGflops, double Ratio);

/// <summary>Times control steps on this machine, with random weights: speed does not depend on them.</summary>
public static class StepBenchmark
{
    private const int MatrixSize = 1024;

    /// <param name="config">The policy to time.</param>
    /// <param name="repeats">Steps of each kind; the median is reported.</param>
    /// <param name="time">The clock.</param>
    public static StepTimings Run(PolicyConfig config, int repeats, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(repeats);
        using var inference = inference_mode();
        var network = new Rt1Network(config);
        RandomWeights.Fill(network, seed: 1);
        using var runner = new PolicyRunner(network);
        var pixels = new byte[config.Image.Height * config.Image.Width * 3];
        new Random(1).NextBytes(pixels);
        var embedding = new float[config.Network.ContextSize];
        runner.Begin(embedding);
        for (var step = 0; step < config.Network.Window; step++)
            runner.Step(pixels);

        var imageTokens = Median(repeats, () => runner.Tokenize(pixels), time);
        var transformer = Median(repeats, () => runner.Decide(), time);
        var whole = Median(repeats, () => runner.Step(pixels), time);
        var reference = TimeReference(network, pixels, embedding, repeats, time);
        return new StepTimings(imageTokens, transformer, whole, reference, MatrixProductGflops(repeats, time), reference / whole);
    }

    private static double TimeReference(Rt1Network network, byte[] pixels, float[] embedding, int repeats, TimeProvider time)
    {
        using var scope = NewDisposeScope();
        var image = network.Config.Image;
        using var stepper = new ReferenceStepper(network, tensor(embedding, [1, embedding.Length]));
        var frame = tensor(pixels, [1, image.Height, image.Width, 3]);
        return Median(repeats, () =>
        {
            using var step = NewDisposeScope();
            stepper.Step(frame);
        }, time);
    }

    /// <summary>What this machine's float32 matrix product reaches with libtorch's threads, in 10⁹ operations a second.</summary>
    public static double MatrixProductGflops(int repeats, TimeProvider time)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(MatrixSize, MatrixSize), ones(MatrixSize, MatrixSize));
        var milliseconds = Median(4 * repeats, () => a.matmul(b).Dispose(), time);
        return 2.0 * MatrixSize * MatrixSize * MatrixSize / milliseconds / 1e6;
    }

    /// <summary>The median time of an action in milliseconds, after one run that does not count.</summary>
    private static double Median(int repeats, Action action, TimeProvider time)
    {
        action();
        var times = new double[repeats];
        for (var i = 0; i < repeats; i++)
        {
            var start = time.GetTimestamp();
            action();
            times[i] = time.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[repeats / 2];
    }
}
