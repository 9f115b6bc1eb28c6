using System.Globalization;

namespace Rt1.Data;

/// <summary>A dataset at a glance, in plain text.</summary>
public static class DatasetSummary
{
    /// <summary>Name, splits with their sizes, all features, and the first episode.</summary>
    public static IEnumerable<string> Describe(IEpisodeDataset dataset)
    {
        yield return $"{dataset.Name}   {dataset.Format}   {dataset.Folder}";
        yield return "";
        foreach (var split in dataset.Splits)
        {
            var missing = split.Shards.Count(s => !Path.Exists(s.File));
            yield return $"split {split.Name}: {Count(split.EpisodeCount, "episode")}, {Count(split.Shards.Count, "shard")}" +
                $"{(missing > 0 ? $", {missing} of them missing" : "")}, {Size(split)}";
        }
        yield return "";
        foreach (var line in Lines(dataset.Features, 0))
            yield return line;
        var first = dataset.Splits.SelectMany(split => dataset.Read(split)).FirstOrDefault(read => read.Episode is not null).Episode;
        yield return "";
        if (first is null)
        {
            yield return "No episode can be read.";
            yield break;
        }
        yield return $"The first episode ({first.Source.File}) has {Count(first.Steps.Count, "step")}:";
        foreach (var (path, value) in first.Values.Leaves().Where(l => !IsLaterStep(l.Path)))
            yield return $"  {path}: {Describe(value)}";
    }

    /// <summary>A value in one line.</summary>
    /// <param name="mostNumbers">Of a tensor with more, only the first are shown.</param>
    public static string Describe(FeatureValue value, int mostNumbers = 9) => value switch
    {
        TextValue text => $"\"{text.Text}\"",
        StoredImage image => $"image of {image.Bytes.Length} bytes",
        ImageValue => "image",
        TensorValue tensor when tensor.Count <= mostNumbers => Numbers(tensor, tensor.Count),
        TensorValue tensor => $"{Numbers(tensor, 4)} … ({string.Join(" × ", tensor.Shape)})",
        _ => value.GetType().Name,
    };

    /// <summary>A specification in one line.</summary>
    public static string Describe(FeatureSpec spec) => spec switch
    {
        TextSpec => "text",
        ClassLabelSpec label => $"one of {label.ClassCount} classes{(label.Names.Count > 0 ? $": {string.Join(", ", label.Names)}" : "")}",
        ImageSpec image => $"{image.Format?.ToString().ToUpperInvariant() ?? "JPEG or PNG"} {image.Type.Name()} " +
            Shape([image.Height, image.Width, image.Channels]),
        TensorSpec { Shape.Count: 0 } tensor => tensor.Type.Name() + Encoding(tensor),
        TensorSpec tensor => $"{tensor.Type.Name()} {Shape(tensor.Shape)}{Encoding(tensor)}",
        _ => "",
    };

    private static IEnumerable<string> Lines(FeatureSpec spec, int depth) => spec switch
    {
        StructSpec fields => fields.Fields.SelectMany(f => Field(f.Key, f.Value, depth)),
        SequenceSpec sequence => Lines(sequence.Element, depth),
        _ => [],
    };

    private static IEnumerable<string> Field(string name, FeatureSpec spec, int depth)
    {
        var (inner, rows) = (spec, "");
        for (; inner is SequenceSpec sequence; inner = sequence.Element)
            rows += $"[{sequence.Length?.ToString(CultureInfo.InvariantCulture) ?? ""}]";
        return Lines(spec, depth + 1).Prepend($"{new string(' ', 2 * depth)}{name}{rows}  {Describe(inner)}".TrimEnd());
    }

    private static bool IsLaterStep(string path) =>
        path.StartsWith("steps[", StringComparison.Ordinal) && !path.StartsWith("steps[0]", StringComparison.Ordinal);

    private static string Encoding(TensorSpec tensor) =>
        tensor.Encoding == TensorEncoding.None ? "" : $", stored as {tensor.Encoding.ToString().ToLowerInvariant()}";

    private static string Shape(IEnumerable<int?> shape) =>
        string.Join(" × ", shape.Select(d => d?.ToString(CultureInfo.InvariantCulture) ?? "any"));

    private static string Numbers(TensorValue tensor, int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => tensor.Type switch
    {
        ElementType.Bool => tensor.As<bool>()[i] ? "true" : "false",
        ElementType.Int64 => tensor.As<long>()[i].ToString(CultureInfo.InvariantCulture),
        ElementType.UInt64 => tensor.As<ulong>()[i].ToString(CultureInfo.InvariantCulture),
        ElementType.Float32 => tensor.As<float>()[i].ToString(CultureInfo.InvariantCulture),
        _ => tensor[i].ToString(CultureInfo.InvariantCulture),
    }));

    private static string Count(long count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Size(DatasetSplit split) => string.Create(CultureInfo.InvariantCulture,
        $"{split.Shards.Where(s => File.Exists(s.File)).Sum(s => new FileInfo(s.File).Length) / 1e6:0.#} MB");
}
