namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One index of <c>tensor[...]</c>: a position, a range, a new or a whole dimension, or a tensor of positions or truth values.
    /// </summary>
    public struct TensorIndex
    {
        internal enum Form
        {
            Null,
            None,
            Ellipsis,
            Bool,
            Single,
            Slice,
            Tensor,
        }

        private TensorIndex(Form kind, long? start = null, long? stop = null, long? step = null, Tensor? positions = null) =>
            (Kind, Start, Stop, Step, Positions) = (kind, start, stop, step, positions);

        /// <summary>All dimensions that the other indices leave over.</summary>
        public static readonly TensorIndex Ellipsis = new(Form.Ellipsis);

        /// <summary>A new dimension of size 1.</summary>
        public static readonly TensorIndex None = new(Form.None);

        /// <inheritdoc cref="None"/>
        public static readonly TensorIndex Null = new(Form.Null);

        /// <summary>A whole dimension.</summary>
        public static readonly TensorIndex Colon = new(Form.Slice);

        internal Form Kind { get; }

        internal long? Start { get; }

        internal long? Stop { get; }

        internal long? Step { get; }

        internal Tensor? Positions { get; }

        /// <summary>A range; null is the beginning or end, negative numbers count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Form.Slice, start, stop, step);

        /// <inheritdoc cref="Slice(long?, long?, long?)"/>
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        /// <inheritdoc cref="Slice(long?, long?, long?)"/>
        public static TensorIndex Slice(Range range) =>
            Slice(Signed(range.Start), range.End.Equals(Index.End) ? null : Signed(range.End));

        public static TensorIndex Bool(bool value) => new(Form.Bool, value ? 1 : 0);

        public static TensorIndex Single(long? index) => index is null ? Null : new(Form.Single, index);

        /// <summary>Positions (Int64) or a mask (Bool).</summary>
        public static TensorIndex Tensor(Tensor tensor) => new(Form.Tensor, positions: tensor);

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex(Index index) => Single(Signed(index));

        private static long Signed(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
