namespace Rt1.Data;

/// <summary>
/// How a schema lies in an example. TFDS stores a <c>Sequence</c> of structs as a struct of sequences; its values have that form too.
/// </summary>
internal static class StorageLayout
{
    public static StructSpec Of(StructSpec spec) => spec.Map(Of);

    /// <summary>The layout with only the fields (paths of leaves or structs) that are asked for.</summary>
    /// <exception cref="ArgumentException">A path is not in the schema.</exception>
    public static StructSpec Select(StructSpec layout, IReadOnlyCollection<string> paths)
    {
        var missing = new HashSet<string>(paths);
        var selected = Select(layout, "", missing, paths) ?? new StructSpec();
        return missing.Count == 0 ? selected : throw new ArgumentException($"the dataset has no feature '{missing.First()}'.", nameof(paths));
    }

    private static FeatureSpec Of(FeatureSpec spec) => spec switch
    {
        StructSpec s => s.Map(Of),
        SequenceSpec { IsDataset: false, Element: StructSpec s } q => s.Map(field => Of(q with { Element = field })),
        SequenceSpec q => q with { Element = Of(q.Element) },
        _ => spec,
    };

    private static StructSpec? Select(StructSpec layout, string prefix, HashSet<string> missing, IReadOnlyCollection<string> paths)
    {
        var fields = new List<KeyValuePair<string, FeatureSpec>>();
        foreach (var (name, spec) in layout.Fields)
        {
            var path = prefix + name;
            var selected = paths.Contains(path) ? spec : spec switch
            {
                StructSpec s => Select(s, path + "/", missing, paths),
                SequenceSpec { Element: StructSpec s } q when Select(s, path + "/", missing, paths) is { } element => q with { Element = element },
                _ => null,
            };
            missing.Remove(path);
            if (selected is not null)
                fields.Add(new(name, selected));
        }
        return fields.Count == 0 ? null : new StructSpec(fields);
    }
}
