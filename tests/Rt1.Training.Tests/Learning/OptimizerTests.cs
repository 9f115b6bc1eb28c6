using static TorchSharp.torch;

namespace Rt1.Training.Tests;

public class OptimizerTests
{
    private const double Rate = 0.1;

    [Fact]
    public void Step_Adam_FollowsKerasFormula()
    {
        var config = new OptimizerConfig { Epsilon = 0.01 };
        Assert.Equal(Expected(config, (m, v, c1, c2) => Rate * c2 / c1 * m / (Math.Sqrt(v) + 0.01)), Run(config), new Near(1e-6));
    }

    [Fact]
    public void Step_AdamW_FollowsPyTorchFormulaAndDecaysTheFirstOnly()
    {
        var config = new OptimizerConfig { Kind = OptimizerKind.Adamw, Epsilon = 0.01, WeightDecay = 0.5 };
        var expected = Expected(config, (m, v, c1, c2) => Rate / c1 * m / (Math.Sqrt(v) / c2 + 0.01));

        var actual = Run(config);

        Assert.Equal(expected, actual, new Near(1e-6));
        Assert.NotEqual(Run(config with { WeightDecay = 0 })[0], actual[0]);
        Assert.Equal(Run(config with { WeightDecay = 0 })[1], actual[1]);
    }

    /// <summary>Three steps of two values, of which the first decays.</summary>
    private static double[] Run(OptimizerConfig config)
    {
        using var scope = NewDisposeScope();
        var values = tensor(new[] { 1f, -2f });
        using var optimizer = new Optimizer(config, values, decayed: 1);
        foreach (var gradient in Gradients)
            optimizer.Step(values, tensor(gradient), Rate);
        return [.. values.data<float>().ToArray().Select(v => (double)v)];
    }

    private static double[] Expected(OptimizerConfig config, Func<double, double, double, double, double> step)
    {
        var (values, m, v) = (new[] { 1.0, -2.0 }, new double[2], new double[2]);
        foreach (var (t, gradient) in Gradients.Index())
        {
            for (var i = 0; i < 2; i++)
            {
                m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
                if (i == 0)
                    values[i] *= 1 - Rate * config.WeightDecay;
                values[i] -= step(m[i], v[i], 1 - Math.Pow(0.9, t + 1), Math.Sqrt(1 - Math.Pow(0.999, t + 1)));
            }
        }
        return values;
    }

    private static readonly float[][] Gradients = [[0.3f, -4f], [0.1f, 2f], [-0.7f, 1f]];

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }
}
