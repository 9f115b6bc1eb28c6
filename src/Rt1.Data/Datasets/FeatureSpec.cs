using Rt1.Vision;

namespace Rt1.Data;

/// <summary>What a dataset says about one of its values; the tree of them is the dataset's schema.</summary>
public abstract record FeatureSpec
{
    public string? Description { get; init; }
}

/// <summary>Named values.</summary>
/// <param name="Fields">In the order of the file.</param>
public sealed record StructSpec(IReadOnlyList<KeyValuePair<string, FeatureSpec>> Fields) : FeatureSpec
{
    public StructSpec(params (string Name, FeatureSpec Spec)[] fields)
        : this([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Spec))]) { }

    /// <summary>The field of that name; null when there is none.</summary>
    public FeatureSpec? this[string name] => Fields.FirstOrDefault(f => f.Key == name).Value;

    /// <summary>The same names with other specifications.</summary>
    public StructSpec Map(Func<FeatureSpec, FeatureSpec> change) =>
        this with { Fields = [.. Fields.Select(f => new KeyValuePair<string, FeatureSpec>(f.Key, change(f.Value)))] };
}

/// <summary>Values in a row. An episode's <c>steps</c> are one, marked as a dataset.</summary>
/// <param name="Length">Null when it varies.</param>
/// <param name="IsDataset">
/// True for TFDS's <c>Dataset</c>, a row of structs; false for its <c>Sequence</c>, whose struct holds rows.
/// </param>
public sealed record SequenceSpec(FeatureSpec Element, int? Length = null, bool IsDataset = false) : FeatureSpec;

/// <summary>How a tensor's numbers are stored.</summary>
public enum TensorEncoding
{
    /// <summary>As a list of float32 or int64: a float64 loses precision on disk.</summary>
    None,

    /// <summary>As little-endian bytes.</summary>
    Bytes,

    /// <summary>As little-endian bytes, compressed by zlib.</summary>
    Zlib,
}

/// <summary>Numbers, or texts, of a shape.</summary>
/// <param name="Shape">Empty for a scalar; null for a dimension that varies.</param>
public sealed record TensorSpec(ElementType Type, IReadOnlyList<int?> Shape, TensorEncoding Encoding = TensorEncoding.None) : FeatureSpec
{
    public TensorSpec(ElementType type, params int[] shape) : this(type, [.. shape.Select(d => (int?)d)]) { }

    /// <summary>True when TFDS stores the shape beside the value.</summary>
    public bool StoresShape => Shape.Count(d => d is null) > 1;

    /// <summary>Elements of one value; null when a dimension varies.</summary>
    public int? ElementCount => Shape.Contains(null) ? null : Shape.Aggregate(1, (n, d) => checked(n * d!.Value));
}

/// <summary>A UTF-8 text.</summary>
public sealed record TextSpec : FeatureSpec;

/// <summary>One of several classes.</summary>
/// <param name="Names">The classes' names; empty when the dataset has none.</param>
public sealed record ClassLabelSpec(long ClassCount, IReadOnlyList<string> Names) : FeatureSpec;

/// <summary>An image, stored as the bytes of its file.</summary>
/// <param name="Type">uint8, uint16 (PNG), or float32: one channel of floats whose four bytes are stored as a PNG's four channels.</param>
/// <param name="Height">Null when it varies.</param>
/// <param name="Width">Null when it varies.</param>
/// <param name="Format">Null when the file may be either.</param>
public sealed record ImageSpec(ElementType Type, int? Height, int? Width, int Channels, ImageFormat? Format = null) : FeatureSpec
{
    /// <summary>Channels of the stored file.</summary>
    public int StoredChannels => Type == ElementType.Float32 ? 4 : Channels;
}
