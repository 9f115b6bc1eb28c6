using Google.Protobuf;
using Rt1.Data.Wire;

namespace Rt1.Data;

/// <summary>Writes the values of one feature into its list.</summary>
internal static class LeafWriter
{
    /// <exception cref="ArgumentException">A value is not of the schema's kind, type or shape.</exception>
    public static Feature Write(IReadOnlyList<FeatureValue> values, FeatureSpec spec, string path) => spec switch
    {
        TextSpec => Bytes(values.Select(v => As<TextValue>(v, path).Utf8)),
        ImageSpec => Bytes(values.Select(v => As<StoredImage>(v, path).Bytes)),
        ClassLabelSpec => Integers(values.SelectMany(v => NumberLists.ToIntegers(As<TensorValue>(v, path)))),
        TensorSpec { Type: ElementType.Text } => Bytes(values.SelectMany(v => Texts(v, path))),
        TensorSpec t => Tensors([.. values.Select(v => Check(As<TensorValue>(v, path), t, path))], t),
        _ => throw new ArgumentException($"{spec.GetType().Name} is not a leaf.", nameof(spec)),
    };

    /// <summary>The shapes of tensors of which more than one dimension varies.</summary>
    public static Feature Shapes(IReadOnlyList<FeatureValue> values, TensorSpec spec, string path) =>
        Integers(values.SelectMany(v => Check(As<TensorValue>(v, path), spec, path).Shape.Select(d => (long)d)));

    private static Feature Tensors(IReadOnlyList<TensorValue> values, TensorSpec spec)
    {
        if (spec.Encoding != TensorEncoding.None)
            return Bytes(values.Select(v => (ReadOnlyMemory<byte>)TensorBytes.Encode(v, spec.Encoding)));
        return spec.Type.IsFloat()
            ? new Feature { FloatList = new FloatList { Value = { values.SelectMany(NumberLists.ToFloats) } } }
            : Integers(values.SelectMany(NumberLists.ToIntegers));
    }

    private static TensorValue Check(TensorValue value, TensorSpec spec, string path)
    {
        var matches = value.Type == spec.Type && value.Shape.Count == spec.Shape.Count &&
            value.Shape.Zip(spec.Shape).All(d => d.Second is null || d.First == d.Second);
        return matches ? value : throw new ArgumentException(
            $"'{path}' must be {spec.Type.Name()} of ({string.Join(", ", spec.Shape.Select(d => d?.ToString() ?? "any"))}), " +
            $"got {value.Type.Name()} of ({string.Join(", ", value.Shape)}).");
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Texts(FeatureValue value, string path) => value is SequenceValue rows
        ? rows.Items.SelectMany(row => Texts(row, path))
        : [As<TextValue>(value, path).Utf8];

    private static T As<T>(FeatureValue value, string path) where T : FeatureValue =>
        value as T ?? throw new ArgumentException($"'{path}' must be a {typeof(T).Name}, got a {value.GetType().Name}.");

    private static Feature Integers(IEnumerable<long> integers) => new() { Int64List = new Int64List { Value = { integers } } };

    private static Feature Bytes(IEnumerable<ReadOnlyMemory<byte>> items) =>
        new() { BytesList = new BytesList { Value = { items.Select(UnsafeByteOperations.UnsafeWrap) } } };
}
