using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Networks;

/// <summary>
/// Random weights that depend on the seed alone, not on the libtorch or the device in use. The scales are the reference's: variance scaling by
/// fan-out for convolutions, Glorot for dense layers, zero for biases and FiLM; the distribution is uniform. Cells of the map, which the reference
/// does not tell apart, start as random mixtures of low spatial frequencies, so that neighbours are alike.
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
            else if (name.EndsWith("map_position", StringComparison.Ordinal))
            {
                FillWaves(parameter, random);
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
        return name == "instruction_words.vectors" ? Math.Sqrt(3) : Math.Sqrt(6.0 / (shape[0] + shape[1]));
    }

    /// <param name="parameter">(s·s, E), cells row by row.</param>
    private static void FillWaves(Tensor parameter, Random random)
    {
        var (cells, width) = ((int)parameter.shape[0], (int)parameter.shape[1]);
        var size = (int)Math.Sqrt(cells);
        var waves = Enumerable.Range(0, cells).Select(cell => Waves((cell % size + 0.5) / size * 2 - 1, (cell / size + 0.5) / size * 2 - 1)).ToArray();
        var mixture = Enumerable.Range(0, width).Select(_ => waves[0].Select(_ => (2 * random.NextDouble() - 1) * Math.Sqrt(3.0 / waves[0].Length)).ToArray()).ToArray();
        var values = new float[cells * width];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)waves[i / width].Zip(mixture[i % width], (wave, share) => wave * share).Sum();
        using var scope = NewDisposeScope();
        parameter.copy_(tensor(values, parameter.shape));
    }

    /// <summary>A ramp and three frequencies on both axes, for a place in [−1, 1]².</summary>
    private static double[] Waves(double x, double y) =>
    [
        1.5 * x, 1.5 * y,
        .. new[] { 1, 2, 3 }.SelectMany(k => new[] { Math.Sin(Math.PI / 2 * k * x), Math.Cos(Math.PI / 2 * k * x), Math.Sin(Math.PI / 2 * k * y), Math.Cos(Math.PI / 2 * k * y) }),
    ];

    private static void FillUniform(Tensor parameter, double limit, Random random)
    {
        var values = new float[parameter.numel()];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((2 * random.NextDouble() - 1) * limit);
        using var scope = NewDisposeScope();
        parameter.copy_(tensor(values, parameter.shape));
    }
}
