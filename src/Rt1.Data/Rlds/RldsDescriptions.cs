using Rt1.Core;

namespace Rt1.Data;

/// <summary>The files beside a dataset's shards, and what TFDS demands of a schema.</summary>
internal static class RldsDescriptions
{
    /// <summary>Writes <c>features.json</c>, <c>dataset_info.json</c> and the names of classes.</summary>
    public static void Write(string folder, DatasetInfo info, StructSpec features)
    {
        FeaturesJsonWriter.Write(Path.Combine(folder, RldsDataset.FeaturesFile), features);
        WriteLabels(folder, features, "");
        info.Write(Path.Combine(folder, DatasetInfo.FileName));
    }

    // TFDS restores the rows of a sequence in a sequence only when their lengths vary.
    /// <exception cref="Rt1Exception">TFDS could not load the schema.</exception>
    public static void CheckLoadable(FeatureSpec spec, string path = "", int depth = 0)
    {
        if (spec is StructSpec s)
        {
            foreach (var (name, field) in s.Fields)
                CheckLoadable(field, $"{path}/{name}", depth);
        }
        else if (spec is SequenceSpec q)
        {
            if (depth > 0 && q.Length is not null)
            {
                throw new Rt1Exception(
                    $"feature '{path.TrimStart('/')}': a sequence in another must not have a fixed length; use a tensor of that shape.");
            }
            CheckLoadable(q.Element, path, depth + 1);
        }
    }

    private static void WriteLabels(string folder, FeatureSpec spec, string path)
    {
        switch (spec)
        {
            case StructSpec s:
                foreach (var (name, field) in s.Fields)
                    WriteLabels(folder, field, path.Length == 0 ? name : $"{path}/{name}");
                break;
            case SequenceSpec s:
                WriteLabels(folder, s.Element, path);
                break;
            case ClassLabelSpec { Names.Count: > 0 } label:
                File.WriteAllLines(Path.Combine(folder, FeaturesJson.LabelFile(path)), label.Names);
                break;
        }
    }
}
