namespace Rt1.Core;

/// <summary>Where a policy looked at one step: for each image token its weights over the cells that cover the frame.</summary>
/// <param name="Count">Image tokens K.</param>
/// <param name="Height">Rows of cells h.</param>
/// <param name="Width">Columns of cells w.</param>
/// <param name="Weights">K × h × w, map by map and row by row; each map sums to one.</param>
public sealed record AttentionMaps(int Count, int Height, int Width, ReadOnlyMemory<float> Weights)
{
    /// <summary>One token's map (h × w), row by row.</summary>
    public ReadOnlySpan<float> Map(int token) => Weights.Span.Slice(token * Height * Width, Height * Width);
}
