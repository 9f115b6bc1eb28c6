using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rt1.Data;

/// <summary>Writes <c>features.json</c> as TFDS 4.9 does.</summary>
internal static class FeaturesJsonWriter
{
    private const string Package = "tensorflow_datasets.core.features.";

    public static void Write(string file, StructSpec spec) =>
        File.WriteAllText(file, ToJson(spec).ToJsonString(new JsonSerializerOptions { WriteIndented = true, IndentSize = 4 }));

    public static JsonObject ToJson(FeatureSpec spec)
    {
        var (name, key, content) = spec switch
        {
            StructSpec s => ("features_dict.FeaturesDict", "featuresDict", new JsonObject
            {
                ["features"] = new JsonObject(s.Fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)ToJson(f.Value)))),
            }),
            SequenceSpec s => (s.IsDataset ? "dataset_feature.Dataset" : "sequence_feature.Sequence", "sequence", new JsonObject
            {
                ["feature"] = ToJson(s.Element),
                ["length"] = Text(s.Length ?? -1),
            }),
            TensorSpec t => (t.Shape.Count == 0 ? "scalar.Scalar" : "tensor_feature.Tensor", "tensor", new JsonObject
            {
                ["shape"] = Shape(t.Shape),
                ["dtype"] = t.Type.Name(),
                ["encoding"] = t.Encoding.ToString().ToLowerInvariant(),
            }),
            TextSpec => ("text_feature.Text", "text", []),
            ImageSpec i => ("image_feature.Image", "image", Image(i)),
            ClassLabelSpec c => ("class_label_feature.ClassLabel", "classLabel", new JsonObject { ["numClasses"] = Text(c.ClassCount) }),
            _ => throw new ArgumentException($"{spec.GetType().Name} has no place in features.json.", nameof(spec)),
        };
        var json = new JsonObject { ["pythonClassName"] = Package + name, [key] = content };
        if (spec.Description is { } description)
            json["description"] = description;
        return json;
    }

    private static JsonObject Image(ImageSpec spec)
    {
        var json = new JsonObject { ["shape"] = Shape([spec.Height, spec.Width, spec.Channels]), ["dtype"] = spec.Type.Name() };
        if (spec.Format is { } format)
            json["encodingFormat"] = format.ToString().ToLowerInvariant();
        return json;
    }

    private static JsonObject Shape(IReadOnlyList<int?> shape) =>
        shape.Count == 0 ? [] : new JsonObject { ["dimensions"] = new JsonArray([.. shape.Select(d => (JsonNode?)Text(d ?? -1))]) };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
