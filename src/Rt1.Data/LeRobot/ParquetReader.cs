using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;

namespace Rt1.Data;

/// <summary>Rows of Parquet files through DuckDB. Not thread-safe.</summary>
internal sealed class ParquetReader : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public ParquetReader()
    {
        _connection.Open();
        Execute("SET threads = 1");
    }

    /// <summary>Runs a query; its <c>{0}</c> becomes the files' table.</summary>
    /// <exception cref="DuckDBException">The file is missing, damaged, or lacks a column.</exception>
    public IEnumerable<DuckDBDataReader> Query(string query, string file)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = string.Format(CultureInfo.InvariantCulture, query, $"read_parquet('{file.Replace("'", "''")}')");
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader;
    }

    /// <summary>The names of a file's columns.</summary>
    public IReadOnlyList<string> Columns(string file) => [.. Query("DESCRIBE SELECT * FROM {0}", file).Select(row => row.GetString(0))];

    public static string Quote(string column) => $"\"{column.Replace("\"", "\"\"").Replace("{", "{{").Replace("}", "}}")}\"";

    public void Dispose() => _connection.Dispose();

    /// <summary>A cell as a tensor.</summary>
    /// <exception cref="ExampleFormatException">It has more or fewer numbers than the schema says.</exception>
    public static TensorValue ToTensor(object cell, TensorSpec spec, string name)
    {
        var numbers = new List<object>();
        Flatten(cell, numbers);
        if (numbers.Count != spec.ElementCount)
            throw new ExampleFormatException(name, $"has {numbers.Count} numbers, expected {spec.ElementCount}.");
        var data = new byte[numbers.Count * spec.Type.Size()];
        if (spec.Type == ElementType.Float64)
            MemoryMarshal.AsBytes(numbers.Select(n => Convert.ToDouble(n, CultureInfo.InvariantCulture)).ToArray().AsSpan()).CopyTo(data);
        else if (spec.Type.IsFloat())
            NumberLists.Write([.. numbers.Select(n => Convert.ToSingle(n, CultureInfo.InvariantCulture))], spec.Type, data);
        else if (!NumberLists.TryWrite([.. numbers.Select(ToInteger)], spec.Type, data, out var outside))
            throw new ExampleFormatException(name, $"has the value {outside}, which is no {spec.Type.Name()}.");
        return new TensorValue(spec.Type, [.. spec.Shape.Select(d => d!.Value)], data);
    }

    public static byte[] ToBytes(Stream cell)
    {
        using (cell)
        {
            var bytes = new byte[cell.Length];
            cell.ReadExactly(bytes);
            return bytes;
        }
    }

    private static void Flatten(object cell, List<object> numbers)
    {
        if (cell is IEnumerable items and not string)
        {
            foreach (var item in items)
                Flatten(item, numbers);
        }
        else if (cell is not DBNull and not null)
        {
            numbers.Add(cell);
        }
    }

    private static long ToInteger(object number) =>
        number is ulong bits ? unchecked((long)bits) : Convert.ToInt64(number, CultureInfo.InvariantCulture);

    private void Execute(string statement)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
