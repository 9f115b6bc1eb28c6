using System.Numerics;
using Rt1.Data;
using static TorchSharp.torch;

namespace Rt1.Training;

// N = B·T steps, S = s·s cells of the map, K image tokens

/// <summary>
/// Cross-entropy of TokenLearner's first three attention maps against where target, gripper and reference object are: a Gaussian around the
/// place. What is not to be seen has no loss.
/// </summary>
/// <param name="mapSize">s.</param>
/// <param name="sigma">Standard deviation in cells.</param>
internal sealed class AttentionLoss(int mapSize, double sigma)
{
    /// <param name="attention">(N, S, K), before the softmax over the cells.</param>
    /// <param name="keypoints">(N).</param>
    /// <returns>The sum over all steps of the mean over the three maps, nats; null where nothing is to be seen.</returns>
    public Tensor? Sum(Tensor attention, Keypoints[] keypoints)
    {
        var cells = mapSize * mapSize;
        var targets = new float[keypoints.Length * Keypoints.Count * cells];
        var any = false;
        for (var i = 0; i < keypoints.Length * Keypoints.Count; i++)
        {
            if (keypoints[i / Keypoints.Count][i % Keypoints.Count] is not { } place)
                continue;
            Spread(targets.AsSpan(i * cells, cells), place);
            any = true;
        }
        if (!any)
            return null;
        var logs = attention.narrow(2, 0, Keypoints.Count).transpose(1, 2).to(ScalarType.Float32).log_softmax(-1);       // (N, 3, S)
        return -(logs * tensor(targets, [keypoints.Length, Keypoints.Count, cells]).to(attention.device)).sum() / Keypoints.Count;
    }

    /// <summary>A Gaussian around a place, over the map's cells row by row; its sum is 1.</summary>
    internal void Spread(Span<float> cells, Vector2 place)
    {
        Span<float> columns = stackalloc float[mapSize];
        Span<float> rows = stackalloc float[mapSize];
        for (var i = 0; i < mapSize; i++)
        {
            columns[i] = Weight(i - (place.X * mapSize - 0.5));
            rows[i] = Weight(i - (place.Y * mapSize - 0.5));
        }
        var sum = 0f;
        for (var i = 0; i < cells.Length; i++)
            sum += cells[i] = rows[i / mapSize] * columns[i % mapSize];
        foreach (ref var cell in cells)
            cell /= sum;
    }

    private float Weight(double distance) => (float)Math.Exp(-0.5 * distance * distance / (sigma * sigma));
}
