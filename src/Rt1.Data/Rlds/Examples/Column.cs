namespace Rt1.Data;

/// <summary>A feature's values over all sequences around it, one after another.</summary>
/// <param name="Path">Its name in the example.</param>
/// <param name="Count">How many values there are.</param>
/// <param name="At">The value of an index.</param>
/// <param name="RowLengths">For each sequence between the outermost and the value, from the outside: how many items each of its rows has.</param>
internal sealed record Column(string Path, int Count, Func<int, FeatureValue> At, IReadOnlyList<int[]> RowLengths)
{
    /// <summary>One column of structs out of their fields' columns.</summary>
    /// <exception cref="ExampleFormatException">The columns differ in length.</exception>
    public static Column OfStructs(string path, IReadOnlyList<(string Name, Column Column)> fields)
    {
        if (fields.Count == 0)
            return new Column(path, 0, _ => new StructValue(), []);
        var first = fields[0].Column;
        foreach (var (_, column) in fields)
        {
            if (column.Count != first.Count || !column.RowLengths.Zip(first.RowLengths).All(r => r.First.AsSpan().SequenceEqual(r.Second)))
                throw new ExampleFormatException(column.Path, $"has {column.Count} values in its rows, but '{first.Path}' has {first.Count}.");
        }
        return new Column(path, first.Count, At, first.RowLengths);

        FeatureValue At(int index)
        {
            var values = new KeyValuePair<string, FeatureValue>[fields.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = new(fields[i].Name, fields[i].Column.At(index));
            return new StructValue(values);
        }
    }

    /// <summary>A column of sequences out of the column of their items.</summary>
    /// <param name="depth">How many sequences lie around the sequence.</param>
    /// <exception cref="ExampleFormatException">A sequence is not as long as the schema says, or the rows do not add up.</exception>
    public static Column OfSequences(SequenceSpec spec, Column items, int depth)
    {
        var rows = depth == 0 ? [items.Count] : depth <= items.RowLengths.Count ? items.RowLengths[depth - 1] : FixedRows(spec, items);
        var starts = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] < 0 || (spec.Length is { } length && rows[i] != length))
            {
                throw new ExampleFormatException(
                    items.Path, $"has a sequence of {rows[i]} values, expected {spec.Length?.ToString() ?? "0 or more"}.");
            }
            starts[i + 1] = checked(starts[i] + rows[i]);
        }
        if (starts[^1] != items.Count)
            throw new ExampleFormatException(items.Path, $"has {items.Count} values, but its rows add up to {starts[^1]}.");
        return new Column(items.Path, rows.Length, At, items.RowLengths);

        FeatureValue At(int row)
        {
            var values = new FeatureValue[rows[row]];
            for (var i = 0; i < values.Length; i++)
                values[i] = items.At(starts[row] + i);
            return new SequenceValue(values);
        }
    }

    private static int[] FixedRows(SequenceSpec spec, Column items)
    {
        if (spec.Length is not > 0 || items.Count % spec.Length != 0)
            throw new ExampleFormatException(items.Path, "lies in sequences whose lengths are not stored.");
        return [.. Enumerable.Repeat(spec.Length.Value, items.Count / spec.Length.Value)];
    }
}
