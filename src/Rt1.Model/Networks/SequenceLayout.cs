namespace Rt1.Model.Networks;

/// <summary>
/// The layout of RT-1's token sequence: per step K image tokens, then A action slots. A token attends to itself and earlier ones,
/// except that no action slot attends to any action slot, itself included.
/// </summary>
/// <param name="Steps">Steps in the sequence.</param>
/// <param name="ImageTokens">K, image tokens per step.</param>
/// <param name="ActionSlots">A, action slots per step.</param>
internal sealed record SequenceLayout(int Steps, int ImageTokens, int ActionSlots)
{
    public int TokensPerStep => ImageTokens + ActionSlots;

    public int Length => Steps * TokensPerStep;

    /// <summary>Whether the token at one position may attend to the other.</summary>
    public bool MayAttend(int from, int to) => to <= from && !(IsActionSlot(from) && IsActionSlot(to));

    /// <summary>Where the logits of a step's action dimensions are read: one to the left of each slot. (Steps·A)</summary>
    public long[] ReadPositions() =>
        [.. from step in Enumerable.Range(0, Steps) from slot in Enumerable.Range(0, ActionSlots) select (long)(FirstReadPosition(step) + slot)];

    /// <summary>Where the first action dimension of a step is read; the others follow it.</summary>
    public int FirstReadPosition(int step) => step * TokensPerStep + ImageTokens - 1;

    /// <summary>What is added to attention scores: 0 where a token may attend, −10⁹ elsewhere, (Length, Length).</summary>
    public float[] AdditiveMask()
    {
        var mask = new float[Length * Length];
        for (var from = 0; from < Length; from++)
        {
            for (var to = 0; to < Length; to++)
                mask[from * Length + to] = MayAttend(from, to) ? 0 : -1e9f;
        }
        return mask;
    }

    public bool IsActionSlot(int position) => position % TokensPerStep >= ImageTokens;
}
