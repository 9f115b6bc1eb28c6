using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Rt1.Data;

/// <summary>One value of an episode: a struct, a sequence, a tensor, a text, or an image.</summary>
public abstract class FeatureValue;

/// <summary>Named values.</summary>
public sealed class StructValue(IReadOnlyList<KeyValuePair<string, FeatureValue>> fields) : FeatureValue
{
    public StructValue(params (string Name, FeatureValue Value)[] fields)
        : this([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]) { }

    /// <summary>In the order of the schema.</summary>
    public IReadOnlyList<KeyValuePair<string, FeatureValue>> Fields { get; } = fields;

    /// <summary>The value at a path such as <c>observation/image</c>. Names that themselves hold a slash are found too.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out FeatureValue? value)
    {
        foreach (var (name, field) in Fields)
        {
            if (path == name)
            {
                value = field;
                return true;
            }
            if (field is StructValue inner && path.Length > name.Length && path[name.Length] == '/' &&
                path.StartsWith(name, StringComparison.Ordinal) && inner.TryFind(path[(name.Length + 1)..], out value))
                return true;
        }
        value = null;
        return false;
    }

    /// <summary>The value at a path, of the kind that the caller asks for.</summary>
    /// <exception cref="KeyNotFoundException">There is none, or it is of another kind.</exception>
    public T Get<T>(string path) where T : FeatureValue => TryFind(path, out var value)
        ? value as T ?? throw new KeyNotFoundException($"'{path}' is a {KindOf(value.GetType())}, not a {KindOf(typeof(T))}.")
        : throw new KeyNotFoundException($"there is no '{path}' among {string.Join(", ", Fields.Select(f => f.Key))}.");

    private static string KindOf(Type type) => type.Name.Replace("Value", "").ToLowerInvariant();
}

/// <summary>Values in a row.</summary>
public sealed class SequenceValue(IReadOnlyList<FeatureValue> items) : FeatureValue
{
    public IReadOnlyList<FeatureValue> Items { get; } = items;
}

/// <summary>Numbers of a shape, row by row.</summary>
public sealed class TensorValue : FeatureValue
{
    /// <param name="data">The elements, little-endian.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes than the shape needs.</exception>
    public TensorValue(ElementType type, IReadOnlyList<int> shape, ReadOnlyMemory<byte> data)
    {
        (Type, Shape, Data) = (type, shape, data);
        Count = data.Length / type.Size();
        if (shape.Aggregate(1L, (n, d) => n * d) * type.Size() != data.Length)
            throw new ArgumentException($"a {type.Name()} tensor of ({string.Join(", ", shape)}) cannot have {data.Length} bytes.", nameof(data));
    }

    public ElementType Type { get; }

    /// <summary>Empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements, little-endian.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>How many elements there are.</summary>
    public int Count { get; }

    /// <summary>An element as a number; true is 1. Integers beyond 2^53 are rounded.</summary>
    public double this[int index] => Type switch
    {
        ElementType.Bool => As<bool>()[index] ? 1 : 0,
        ElementType.Int8 => As<sbyte>()[index],
        ElementType.Int16 => As<short>()[index],
        ElementType.Int32 => As<int>()[index],
        ElementType.Int64 => As<long>()[index],
        ElementType.UInt8 => As<byte>()[index],
        ElementType.UInt16 => As<ushort>()[index],
        ElementType.UInt32 => As<uint>()[index],
        ElementType.UInt64 => As<ulong>()[index],
        ElementType.Float16 => (double)As<Half>()[index],
        ElementType.Float32 => As<float>()[index],
        _ => As<double>()[index],
    };

    /// <summary>A scalar's value.</summary>
    public static TensorValue Scalar<T>(T value) where T : unmanaged => Of([value], []);

    /// <summary>A vector, or the elements of a shape.</summary>
    public static TensorValue Of<T>(ReadOnlySpan<T> elements, params int[] shape) where T : unmanaged =>
        new(ElementTypes.Of<T>(), shape, MemoryMarshal.AsBytes(elements).ToArray());

    /// <summary>The elements, without a copy.</summary>
    /// <exception cref="InvalidOperationException">They are of another type.</exception>
    public ReadOnlySpan<T> As<T>() where T : unmanaged => ElementTypes.Of<T>() == Type
        ? MemoryMarshal.Cast<byte, T>(Data.Span)
        : throw new InvalidOperationException($"the tensor holds {Type.Name()}, not {ElementTypes.Of<T>().Name()}.");
}

/// <summary>A text, kept as its stored bytes.</summary>
public sealed class TextValue(ReadOnlyMemory<byte> utf8) : FeatureValue
{
    public TextValue(string text) : this(Encoding.UTF8.GetBytes(text)) { }

    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>The text; bytes that are not UTF-8 become replacement characters.</summary>
    public string Text => Encoding.UTF8.GetString(Utf8.Span);
}
