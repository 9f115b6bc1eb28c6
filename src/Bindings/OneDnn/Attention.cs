using System.Runtime.InteropServices;

namespace OneDnn;

/// <summary>
/// Multi-head attention softmax(Q·Kᵀ/√width + mask)·V for inference, float32, fixed sizes. Rows hold heads × width numbers.
/// Not thread-safe.
/// </summary>
public sealed unsafe class Attention : SafeHandle
{
    private readonly int _queries;
    private readonly int _rows;
    private readonly int _rowLength;
    private readonly int _queryStride;
    private readonly int _keyValueStride;

    /// <param name="queries">Rows of Q and of the output.</param>
    /// <param name="rows">Rows of K and V.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="width">Numbers per head.</param>
    /// <param name="queryStride">Floats from one row of Q to the next, at least heads × width.</param>
    /// <param name="keyValueStride">Floats from one row of K, and of V, to the next.</param>
    /// <param name="mask">(queries, rows), added to the scores: 0 where a query may attend, very negative where not.</param>
    public Attention(int queries, int rows, int heads, int width, int queryStride, int keyValueStride, ReadOnlySpan<float> mask) : base(0, ownsHandle: true)
    {
        if (mask.Length != queries * rows)
            throw new ArgumentException($"expected {queries}×{rows} numbers, got {mask.Length}.", nameof(mask));
        if (queryStride < heads * width || keyValueStride < heads * width)
            throw new ArgumentException($"rows of {heads}×{width} numbers cannot lie {queryStride} and {keyValueStride} apart.", nameof(queryStride));
        (_queries, _rows, _rowLength, _queryStride, _keyValueStride) = (queries, rows, heads * width, queryStride, keyValueStride);
        fixed (float* m = mask)
        {
            Native.Check(Native.rt1_onednn_attention(queries, rows, heads, width, queryStride, keyValueStride, m, out var attention));
            SetHandle(attention);
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Each span starts at its first row; only <paramref name="output"/> (queries, heads × width) is dense.</summary>
    public void Run(ReadOnlySpan<float> query, ReadOnlySpan<float> key, ReadOnlySpan<float> value, Span<float> output)
    {
        Require(query.Length, (_queries - 1) * _queryStride + _rowLength, nameof(query));
        Require(key.Length, (_rows - 1) * _keyValueStride + _rowLength, nameof(key));
        Require(value.Length, (_rows - 1) * _keyValueStride + _rowLength, nameof(value));
        Require(output.Length, _queries * _rowLength, nameof(output));
        fixed (float* q = query, k = key, v = value, o = output)
            Native.rt1_onednn_attend(handle, q, k, v, o);
    }

    protected override bool ReleaseHandle()
    {
        Native.rt1_onednn_attention_free(handle);
        return true;
    }

    private static void Require(int got, int atLeast, string name)
    {
        if (got < atLeast)
            throw new ArgumentException($"expected at least {atLeast} floats, got {got}.", name);
    }
}
