using Rt1.Core;

namespace Rt1.Data;

/// <summary>How a batch is divided among the datasets of a mixture: exactly by their weights.</summary>
public static class BatchShares
{
    /// <returns>Samples of each dataset in a batch.</returns>
    /// <exception cref="Rt1Exception">No whole numbers of samples hold the weights; the message names the nearest batch sizes that do.</exception>
    public static int[] Of(IReadOnlyList<int> weights, int batchSize)
    {
        var divisor = weights.Aggregate(Gcd);
        var parts = weights.Sum() / divisor;
        if (batchSize > 0 && batchSize % parts == 0)
            return [.. weights.Select(w => w / divisor * (batchSize / parts))];
        var below = batchSize / parts * parts;
        var nearest = below > 0 ? $"{below} or {below + parts}" : $"{parts}";
        throw new Rt1Exception(
            $"batch size {batchSize} cannot hold the weights {string.Join(" : ", weights)} exactly; " +
            $"it must be a multiple of {parts}, for example {nearest}.");
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
