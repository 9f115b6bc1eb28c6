using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Networks;

/// <summary>
/// Random weights that depend on the seed alone, not on the libtorch or the device in use. The scales are the reference's: variance scaling by
/// fan-out for convolutions, Glorot for dense layers, zero for biases and FiLM; the distribution is uniform.
/// </summary>
public static class RandomWeights
{
    /// <summary>Fills a network's parameters; normalisation layers are left as they were built (scale one, shift zero).</summary>
    public static void Fill(Rt1Network network, int seed)
    {
        var random = new Random(seed);
        using var noGrad = no_grad();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (parameter.dim() < 2)
            {
                if (name.EndsWith(".bias", StringComparison.Ordinal))
                    parameter.zero_();
            }
            else if (name.Contains("film."))
            {
                parameter.zero_();
            }
            else
            {
                FillUniform(parameter, Limit(name, parameter.shape), random);
            }
        }
    }

    /// <summary>The half-width of the uniform distribution: √(3 · variance).</summary>
    private static double Limit(string name, long[] shape)
    {
        if (shape.Length == 4)
            return Math.Sqrt(3 * 2.0 / (shape[0] * shape[2] * shape[3] / (shape[1] == 1 ? shape[0] : 1)));
        return name.EndsWith("map_position", StringComparison.Ordinal) ? 0.05 : Math.Sqrt(6.0 / (shape[0] + shape[1]));
    }

    private static void FillUniform(Tensor parameter, double limit, Random random)
    {
        var values = new float[parameter.numel()];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((2 * random.NextDouble() - 1) * limit);
        using var scope = NewDisposeScope();
        parameter.copy_(tensor(values, parameter.shape));
    }
}
