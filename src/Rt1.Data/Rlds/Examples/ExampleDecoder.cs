using Google.Protobuf;
using Google.Protobuf.Collections;
using Rt1.Data.Wire;

namespace Rt1.Data;

/// <summary>
/// Turns a <c>tf.train.Example</c> into the values that its dataset's schema describes, as TFDS lays them out: nested names joined by a
/// slash, the values of all steps in one list, and the lengths of sequences within sequences beside it
/// (<c>ragged_flat_values</c>, <c>ragged_row_lengths_0</c> …). Features that the schema does not name are ignored.
/// </summary>
internal sealed class ExampleDecoder(StructSpec layout)
{
    /// <exception cref="ExampleFormatException">The record does not match the schema.</exception>
    public StructValue Decode(ReadOnlySpan<byte> record)
    {
        Example example;
        try
        {
            example = Example.Parser.ParseFrom(record);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ExampleFormatException("record", $"is not a tf.train.Example ({e.Message})");
        }
        var features = example.Features?.Feature ?? [];
        return new StructValue([.. layout.Fields.Select(f => KeyValuePair.Create(f.Key, Read(features, f.Value, f.Key, 0).At(0)))]);
    }

    /// <param name="depth">How many sequences lie around the feature.</param>
    private static Column Read(MapField<string, Feature> features, FeatureSpec spec, string path, int depth) => spec switch
    {
        StructSpec { Fields.Count: 0 } => new Column(path, 1, _ => new StructValue(), []),
        StructSpec s => Column.OfStructs(path, [.. s.Fields.Select(f => (f.Key, Read(features, f.Value, $"{path}/{f.Key}", depth)))]),
        SequenceSpec s => Column.OfSequences(s, Read(features, s.Element, path, depth + 1), depth),
        TensorSpec { StoresShape: true } t => ReadLeaf(features, t, path, depth, "/value", ShapesOf(features, t, path, depth)),
        _ => ReadLeaf(features, spec, path, depth),
    };

    private static Column ReadLeaf(
        MapField<string, Feature> features, FeatureSpec spec, string path, int depth, string suffix = "", IReadOnlyList<int[]>? shapes = null)
    {
        var stored = path + suffix;
        var rows = new List<int[]>();
        var flat = features.GetValueOrDefault(stored);
        if (depth > 1 && flat is null)
        {
            flat = features.GetValueOrDefault($"{stored}/ragged_flat_values");
            for (var level = 0; level < depth - 1; level++)
                rows.Add(Integers(features, $"{stored}/ragged_row_lengths_{level}"));
        }
        if (flat is null && depth == 0)
            throw new ExampleFormatException(stored, "is missing.");
        var (count, at) = LeafReader.Read(flat ?? new Feature(), spec, path, depth, shapes);
        if (depth == 0 && count != 1)
            throw new ExampleFormatException(stored, $"has {count} values, expected 1.");
        return new Column(path, count, at, rows);
    }

    private static List<int[]> ShapesOf(MapField<string, Feature> features, TensorSpec spec, string path, int depth)
    {
        var name = $"{path}/shape";
        var flat = Integers(features, depth > 1 && !features.ContainsKey(name) ? $"{name}/ragged_flat_values" : name);
        var rank = spec.Shape.Count;
        if (flat.Length % rank != 0)
            throw new ExampleFormatException(name, $"has {flat.Length} numbers, expected a multiple of {rank}.");
        return [.. flat.Chunk(rank)];
    }

    private static int[] Integers(MapField<string, Feature> features, string name)
    {
        var list = features.GetValueOrDefault(name)?.Int64List?.Value;
        if (list is null)
            return [];
        var integers = new int[list.Count];
        for (var i = 0; i < integers.Length; i++)
        {
            integers[i] = list[i] is >= 0 and <= int.MaxValue ? (int)list[i]
                : throw new ExampleFormatException(name, $"has the length {list[i]}.");
        }
        return integers;
    }
}
