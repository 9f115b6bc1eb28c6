using Google.Protobuf;
using Google.Protobuf.Collections;
using Rt1.Data.Wire;

namespace Rt1.Data;

/// <summary>Reads the list of one feature into its values.</summary>
internal static class LeafReader
{
    /// <param name="depth">How many sequences lie around the feature.</param>
    /// <param name="shapes">Each value's shape where the record stores them.</param>
    /// <returns>How many values there are, and the value of an index.</returns>
    /// <exception cref="ExampleFormatException">The list does not match the schema.</exception>
    public static (int Count, Func<int, FeatureValue> At) Read(
        Feature feature, FeatureSpec spec, string path, int depth, IReadOnlyList<int[]>? shapes) => spec switch
        {
            TextSpec => Texts(feature, path),
            ImageSpec image => Images(feature, image, path),
            ClassLabelSpec label => Labels(feature, label, path),
            TensorSpec { Type: ElementType.Text } tensor => TextTensors(feature, tensor, path, depth),
            TensorSpec { Encoding: TensorEncoding.None } tensor => Numbers(feature, tensor, path, depth),
            TensorSpec tensor => EncodedTensors(feature, tensor, path, shapes),
            _ => throw new ArgumentException($"{spec.GetType().Name} is not a leaf.", nameof(spec)),
        };

    private static (int, Func<int, FeatureValue>) Texts(Feature feature, string path)
    {
        var bytes = Bytes(feature, path);
        return (bytes.Count, i => new TextValue(bytes[i].Memory));
    }

    private static (int, Func<int, FeatureValue>) Images(Feature feature, ImageSpec spec, string path)
    {
        var bytes = Bytes(feature, path);
        return (bytes.Count, i => new StoredImage(bytes[i].Memory, spec, path, i));
    }

    private static (int, Func<int, FeatureValue>) Labels(Feature feature, ClassLabelSpec spec, string path)
    {
        var list = Integers(feature, path);
        foreach (var label in list)
        {
            if (label < -1 || (spec.ClassCount > 0 && label >= spec.ClassCount))
                throw new ExampleFormatException(path, $"has the class {label}, expected 0 to {spec.ClassCount - 1}, or -1 for none.");
        }
        return (list.Count, i => TensorValue.Scalar(list[i]));
    }

    private static (int, Func<int, FeatureValue>) TextTensors(Feature feature, TensorSpec spec, string path, int depth)
    {
        var bytes = Bytes(feature, path);
        var (count, shape) = Divide(bytes.Count, spec, path, depth);
        return (count, i => Nest(shape, 0, i * shape.Aggregate(1, (n, d) => n * d)));

        FeatureValue Nest(int[] sizes, int dimension, int start)
        {
            if (dimension == sizes.Length)
                return new TextValue(bytes[start].Memory);
            var stride = sizes.Skip(dimension + 1).Aggregate(1, (n, d) => n * d);
            return new SequenceValue([.. Enumerable.Range(0, sizes[dimension]).Select(i => Nest(sizes, dimension + 1, start + i * stride))]);
        }
    }

    private static (int, Func<int, FeatureValue>) Numbers(Feature feature, TensorSpec spec, string path, int depth)
    {
        var total = spec.Type.IsFloat() ? Floats(feature, path).Count : Integers(feature, path).Count;
        var (count, shape) = Divide(total, spec, path, depth);
        var data = new byte[(long)total * spec.Type.Size()];
        if (spec.Type.IsFloat())
            NumberLists.Write(Floats(feature, path), spec.Type, data);
        else if (!NumberLists.TryWrite(Integers(feature, path), spec.Type, data, out var outside))
            throw new ExampleFormatException(path, $"has the value {outside}, which is no {spec.Type.Name()}.");
        var size = count == 0 ? 0 : data.Length / count;
        return (count, i => new TensorValue(spec.Type, shape, data.AsMemory(i * size, size)));
    }

    private static (int, Func<int, FeatureValue>) EncodedTensors(Feature feature, TensorSpec spec, string path, IReadOnlyList<int[]>? shapes)
    {
        var bytes = Bytes(feature, path);
        if (shapes is not null && shapes.Count != bytes.Count)
            throw new ExampleFormatException(path, $"has {bytes.Count} values, but {shapes.Count} shapes.");
        var values = new TensorValue[bytes.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = TensorBytes.Decode(bytes[i].Memory, spec, shapes?[i], path);
        return (values.Length, i => values[i]);
    }

    /// <summary>How many values of the schema's shape a list holds.</summary>
    private static (int Count, int[] Shape) Divide(int total, TensorSpec spec, string path, int depth)
    {
        if (spec.ElementCount is { } size)
        {
            if (total % size != 0 || (depth == 0 && total != size))
                throw new ExampleFormatException(path, $"has {total} numbers, expected {(depth == 0 ? "" : "a multiple of ")}{size}.");
            return (total / size, [.. spec.Shape.Select(d => d!.Value)]);
        }
        var rest = spec.Shape.Skip(1).Aggregate(1, (n, d) => n * d!.Value);
        return total % rest == 0
            ? (1, [total / rest, .. spec.Shape.Skip(1).Select(d => d!.Value)])
            : throw new ExampleFormatException(path, $"has {total} numbers, expected a multiple of {rest}.");
    }

    private static RepeatedField<ByteString> Bytes(Feature feature, string path) =>
        feature.KindCase is Feature.KindOneofCase.BytesList ? feature.BytesList.Value : Empty<ByteString>(feature, path, "bytes");

    private static RepeatedField<float> Floats(Feature feature, string path) =>
        feature.KindCase is Feature.KindOneofCase.FloatList ? feature.FloatList.Value : Empty<float>(feature, path, "float32 numbers");

    private static RepeatedField<long> Integers(Feature feature, string path) =>
        feature.KindCase is Feature.KindOneofCase.Int64List ? feature.Int64List.Value : Empty<long>(feature, path, "int64 numbers");

    private static RepeatedField<T> Empty<T>(Feature feature, string path, string expected) => feature.KindCase is Feature.KindOneofCase.None
        ? []
        : throw new ExampleFormatException(path, $"is a {feature.KindCase}, expected {expected}.");
}
