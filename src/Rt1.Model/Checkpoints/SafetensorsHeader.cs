using System.Text.Json;
using static TorchSharp.torch;

namespace Rt1.Model.Checkpoints;

/// <summary>Where one tensor lies in a safetensors file.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Offset">First byte, counted from the end of the header.</param>
/// <param name="ByteCount">Length in bytes.</param>
public sealed record SafetensorsEntry(ScalarType Type, IReadOnlyList<long> Shape, long Offset, long ByteCount)
{
    public long ElementCount => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, (product, size) => checked(product * size));
}

/// <summary>
/// The JSON header of a safetensors file (https://github.com/huggingface/safetensors): names, types, shapes and places of the tensors.
/// Everything in it is checked against the file's real size before anything is allocated.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The format's own limit on the header.</summary>
    public const long MaxBytes = 100_000_000;

    private static readonly Dictionary<string, (ScalarType Type, int Size)> Types = new()
    {
        ["F64"] = (ScalarType.Float64, 8),
        ["F32"] = (ScalarType.Float32, 4),
        ["F16"] = (ScalarType.Float16, 2),
        ["BF16"] = (ScalarType.BFloat16, 2),
        ["I64"] = (ScalarType.Int64, 8),
        ["I32"] = (ScalarType.Int32, 4),
        ["I16"] = (ScalarType.Int16, 2),
        ["I8"] = (ScalarType.Int8, 1),
        ["U8"] = (ScalarType.Byte, 1),
        ["BOOL"] = (ScalarType.Bool, 1),
    };

    public static string NameOf(ScalarType type) => Types.First(t => t.Value.Type == type).Key;

    public static int SizeOf(ScalarType type) => Types.Values.First(t => t.Type == type).Size;

    /// <param name="json">The header.</param>
    /// <param name="dataBytes">How many bytes of tensors follow the header.</param>
    /// <exception cref="FormatException">The header contradicts itself or the file.</exception>
    public static (Dictionary<string, SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(ReadOnlyMemory<byte> json, long dataBytes)
    {
        var entries = new Dictionary<string, SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals("__metadata__"))
                {
                    foreach (var item in property.Value.EnumerateObject())
                        metadata[item.Name] = item.Value.GetString() ?? "";
                }
                else if (!entries.TryAdd(property.Name, ParseEntry(property, dataBytes)))
                    throw new FormatException($"tensor '{property.Name}' appears twice.");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("the header is not the JSON that safetensors asks for.", e);
        }
        CheckTiling(entries, dataBytes);
        return (entries, metadata);
    }

    private static SafetensorsEntry ParseEntry(JsonProperty property, long dataBytes)
    {
        var typeName = property.Value.GetProperty("dtype").GetString() ?? "";
        if (!Types.TryGetValue(typeName, out var type))
            throw new FormatException($"tensor '{property.Name}' has the unknown type '{typeName}'.");
        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64()).ToArray();
        if (offsets is not [var begin, var end] || begin < 0 || end < begin || shape.Any(size => size < 0))
            throw new FormatException($"tensor '{property.Name}' has impossible offsets or sizes.");
        if (end > dataBytes)
            throw new FormatException($"the file is truncated: tensor '{property.Name}' ends at byte {end} of the data, but only {dataBytes} follow the header.");
        if (ByteCount(shape, type.Size) != end - begin)
            throw new FormatException($"tensor '{property.Name}' of {typeName} [{string.Join(", ", shape)}] cannot take {end - begin} bytes.");
        return new SafetensorsEntry(type.Type, shape, begin, end - begin);
    }

    private static Int128 ByteCount(long[] shape, int elementSize) =>
        shape.Contains(0) ? 0 : shape.Aggregate((Int128)elementSize, (product, size) => product > long.MaxValue ? product : product * size);

    private static void CheckTiling(Dictionary<string, SafetensorsEntry> entries, long dataBytes)
    {
        var position = 0L;
        foreach (var (name, entry) in entries.OrderBy(e => e.Value.Offset).ThenBy(e => e.Value.ByteCount))
        {
            if (entry.Offset != position)
                throw new FormatException($"tensor '{name}' begins at byte {entry.Offset} where {position} is expected: tensors must neither overlap nor leave gaps.");
            position += entry.ByteCount;
        }
        if (position != dataBytes)
            throw new FormatException($"{dataBytes - position} bytes follow the last tensor.");
    }
}
