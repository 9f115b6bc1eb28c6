namespace Rt1.Data;

/// <summary>Walks through values.</summary>
public static class FeatureValues
{
    /// <summary>Every tensor, text and image with its path, e.g. <c>steps[3]/observation/image</c>.</summary>
    public static IEnumerable<(string Path, FeatureValue Value)> Leaves(this FeatureValue value, string path = "") => value switch
    {
        StructValue s => s.Fields.SelectMany(f => f.Value.Leaves(path.Length == 0 ? f.Key : $"{path}/{f.Key}")),
        SequenceValue q => q.Items.Index().SelectMany(item => item.Item.Leaves($"{path}[{item.Index}]")),
        _ => [(path, value)],
    };

    /// <summary>The position of the first NaN or infinity; null when all numbers are finite.</summary>
    public static int? FirstNonFinite(this TensorValue tensor)
    {
        for (var i = 0; tensor.Type.IsFloat() && i < tensor.Count; i++)
        {
            if (!double.IsFinite(tensor[i]))
                return i;
        }
        return null;
    }
}
