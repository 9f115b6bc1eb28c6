using System.Globalization;
using Google.Protobuf;
using Rt1.Data.Wire;

namespace Rt1.Data;

/// <summary>Turns an episode's values into the <c>tf.train.Example</c> that TFDS would write; the inverse of <see cref="ExampleDecoder"/>.</summary>
internal sealed class ExampleEncoder(StructSpec layout)
{
    /// <exception cref="ArgumentException">A value is missing, or not of the schema's kind, type or shape.</exception>
    public Example Encode(StructValue episode)
    {
        var features = new Features();
        foreach (var (name, spec) in layout.Fields)
            Write(features, spec, name, [Field(episode, name, name)], 0, []);
        return new Example { Features = features };
    }

    /// <param name="values">The feature's values over all sequences around it.</param>
    /// <param name="depth">How many sequences lie around it.</param>
    /// <param name="rows">The row lengths of those sequences, without the outermost.</param>
    private static void Write(
        Features features, FeatureSpec spec, string path, IReadOnlyList<FeatureValue> values, int depth, IReadOnlyList<IReadOnlyList<int>> rows)
    {
        switch (spec)
        {
            case StructSpec s:
                foreach (var (name, field) in s.Fields)
                    Write(features, field, $"{path}/{name}", [.. values.Select(v => Field(v, name, path))], depth, rows);
                break;
            case SequenceSpec s:
                var sequences = values.Select(v => Items(v, s, path)).ToList();
                IReadOnlyList<IReadOnlyList<int>> inner = depth == 0 ? rows : [.. rows, [.. sequences.Select(items => items.Count)]];
                Write(features, s.Element, path, [.. sequences.SelectMany(items => items)], depth + 1, inner);
                break;
            case TensorSpec { StoresShape: true } t:
                Add(features, $"{path}/shape", LeafWriter.Shapes(values, t, path), rows);
                Add(features, $"{path}/value", LeafWriter.Write(values, t, path), rows);
                break;
            default:
                Add(features, path, LeafWriter.Write(values, spec, path), rows);
                break;
        }
    }

    private static void Add(Features features, string path, Feature feature, IReadOnlyList<IReadOnlyList<int>> rows)
    {
        if (rows.Count == 0)
        {
            features.Feature.Add(path, feature);
            return;
        }
        features.Feature.Add($"{path}/ragged_flat_values", feature);
        foreach (var (level, lengths) in rows.Index())
        {
            var list = new Int64List { Value = { lengths.Select(n => (long)n) } };
            features.Feature.Add(string.Create(CultureInfo.InvariantCulture, $"{path}/ragged_row_lengths_{level}"), new Feature { Int64List = list });
        }
    }

    private static FeatureValue Field(FeatureValue value, string name, string path) =>
        (value as StructValue)?.Fields.FirstOrDefault(f => f.Key == name).Value ?? throw new ArgumentException($"'{path}' lacks the value '{name}'.");

    private static IReadOnlyList<FeatureValue> Items(FeatureValue value, SequenceSpec spec, string path)
    {
        var items = (value as SequenceValue)?.Items ?? throw new ArgumentException($"'{path}' must be a sequence.");
        return spec.Length is null || spec.Length == items.Count ? items
            : throw new ArgumentException($"'{path}' must have {spec.Length} items, got {items.Count}.");
    }
}
