using System.Globalization;
using System.Text.Json;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>A feature of <c>features.json</c> that is not read; <see cref="Feature"/> says which.</summary>
public sealed class UnsupportedFeatureException(string file, string feature, string reason)
    : Rt1Exception($"{file}: feature '{feature}': {reason}")
{
    /// <summary>Its path, e.g. <c>steps/observation/audio</c>.</summary>
    public string Feature { get; } = feature;
}

/// <summary>
/// Reads a dataset's <c>features.json</c>: the vocabulary of TFDS 4.9 that robot datasets use. The rest is refused, never guessed.
/// </summary>
/// <param name="file">Its path; class names of <c>ClassLabel</c>s lie beside it.</param>
internal sealed class FeaturesJson(string file)
{
    private const string Supported = "FeaturesDict, Dataset, Sequence, Tensor, Scalar, Text, Image and ClassLabel";

    /// <exception cref="UnsupportedFeatureException">A feature is of a kind, type or shape that is not supported.</exception>
    /// <exception cref="Rt1Exception">The file is missing or is not of TFDS's form.</exception>
    public static StructSpec Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return new FeaturesJson(file).Parse(json.RootElement, "", inSequence: false) as StructSpec
                ?? throw new Rt1Exception($"{file}: the top feature must be a FeaturesDict.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new Rt1Exception($"{file}: is not a features.json as TFDS 4.9 writes it ({e.Message})", e);
        }
    }

    private FeatureSpec Parse(JsonElement json, string path, bool inSequence)
    {
        if (json.TryGetProperty("type", out _) && json.TryGetProperty("content", out _))
            throw new UnsupportedFeatureException(file, path, "is in the layout of TFDS before 4.5; load and save the dataset with TFDS 4.9.");
        var name = json.GetProperty("pythonClassName").GetString() ?? "";
        var kind = name[(name.LastIndexOf('.') + 1)..];
        FeatureSpec spec = kind switch
        {
            "FeaturesDict" => ParseStruct(json.GetProperty("featuresDict"), path, inSequence),
            "Dataset" or "Sequence" => ParseSequence(json.GetProperty("sequence"), path, kind == "Dataset"),
            "Tensor" or "Scalar" => ParseTensor(json.GetProperty("tensor"), path, inSequence),
            "Text" => new TextSpec(),
            "Image" => ParseImage(json.GetProperty("image"), path),
            "ClassLabel" => ParseClassLabel(json.GetProperty("classLabel"), path),
            _ => throw new UnsupportedFeatureException(file, path, $"is a {name}, which is not supported; supported are {Supported}."),
        };
        return spec with { Description = json.TryGetProperty("description", out var text) ? text.GetString() : null };
    }

    private StructSpec ParseStruct(JsonElement json, string path, bool inSequence) => new(
        !json.TryGetProperty("features", out var fields) ? [] :
        [.. fields.EnumerateObject().Select(f =>
            KeyValuePair.Create(f.Name, Parse(f.Value, path.Length == 0 ? f.Name : $"{path}/{f.Name}", inSequence)))]);

    private SequenceSpec ParseSequence(JsonElement json, string path, bool isDataset)
    {
        var length = json.TryGetProperty("length", out var text) ? Integer(text) : -1;
        return new SequenceSpec(Parse(json.GetProperty("feature"), path, inSequence: true), length < 0 ? null : checked((int)length), isDataset);
    }

    private TensorSpec ParseTensor(JsonElement json, string path, bool inSequence)
    {
        var type = ParseType(json, path);
        var text = json.TryGetProperty("encoding", out var encoding) ? encoding.GetString() : "none";
        var spec = new TensorSpec(type, ParseShape(json, path), text switch
        {
            "none" or "" => TensorEncoding.None,
            "bytes" => TensorEncoding.Bytes,
            "zlib" => TensorEncoding.Zlib,
            _ => throw new UnsupportedFeatureException(file, path, $"has the encoding '{text}'; supported are none, bytes and zlib."),
        });
        if (type == ElementType.Text && spec.Encoding != TensorEncoding.None)
            throw new UnsupportedFeatureException(file, path, $"is a string with the encoding '{text}'; strings have none.");
        var unknown = spec.Shape.Count(d => d is null);
        if (spec.Encoding == TensorEncoding.None && unknown > 0 && (unknown > 1 || inSequence || spec.Shape[0] is not null))
        {
            var shape = string.Join(", ", spec.Shape.Select(d => d?.ToString() ?? "any"));
            throw new UnsupportedFeatureException(file, path, $"has the shape ({shape}) without an encoding, which no reader can restore.");
        }
        return spec;
    }

    private ImageSpec ParseImage(JsonElement json, string path)
    {
        var shape = ParseShape(json, path);
        var type = json.TryGetProperty("dtype", out _) ? ParseType(json, path) : ElementType.UInt8;
        if (shape.Count == 0)
            shape = [null, null, 3];
        if (shape is not [var height, var width, { } channels] || channels is not (1 or 3 or 4) ||
            type is not (ElementType.UInt8 or ElementType.UInt16 or ElementType.Float32) || (type == ElementType.Float32 && channels != 1))
        {
            throw new UnsupportedFeatureException(file, path,
                $"is a {type.Name()} image of ({string.Join(", ", shape)}); supported are uint8 and uint16 " +
                "of height × width × 1, 3 or 4 channels, and float32 of one channel.");
        }
        var format = json.TryGetProperty("encodingFormat", out var text) ? text.GetString() : "";
        return new ImageSpec(type, height, width, channels, format switch
        {
            "" => null,
            "jpeg" => ImageFormat.Jpeg,
            "png" => ImageFormat.Png,
            _ => throw new UnsupportedFeatureException(file, path, $"is a '{format}' image; supported are jpeg and png."),
        });
    }

    private ClassLabelSpec ParseClassLabel(JsonElement json, string path)
    {
        var names = Path.Combine(Path.GetDirectoryName(file)!, LabelFile(path));
        return new ClassLabelSpec(
            json.TryGetProperty("numClasses", out var count) ? Integer(count) : 0,
            File.Exists(names) ? [.. File.ReadLines(names).Select(n => n.Trim()).Where(n => n.Length > 0)] : []);
    }

    private ElementType ParseType(JsonElement json, string path)
    {
        var name = json.GetProperty("dtype").GetString() ?? "";
        return ElementTypes.TryParse(name, out var type) ? type
            : throw new UnsupportedFeatureException(file, path,
                $"has the dtype '{name}'; supported are {string.Join(", ", Enum.GetValues<ElementType>().Select(t => t.Name()))}.");
    }

    private IReadOnlyList<int?> ParseShape(JsonElement json, string path)
    {
        if (!json.TryGetProperty("shape", out var shape) || !shape.TryGetProperty("dimensions", out var dimensions))
            return [];
        var sizes = dimensions.EnumerateArray().Select(Integer).ToList();
        if (sizes.Any(d => d is 0 or < -1 or > int.MaxValue) || sizes.Aggregate(1d, (n, d) => n * Math.Abs(d)) > int.MaxValue)
            throw new UnsupportedFeatureException(file, path, $"has the shape ({string.Join(", ", sizes)}).");
        return [.. sizes.Select(d => d < 0 ? null : (int?)d)];
    }

    /// <summary>The name of the file that holds a label's class names.</summary>
    public static string LabelFile(string path) => $"{path.Replace('/', '-')}.labels.txt";

    // Protocol Buffers write 64-bit integers as strings.
    private static long Integer(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? long.Parse(json.GetString()!, CultureInfo.InvariantCulture) : json.GetInt64();
}
