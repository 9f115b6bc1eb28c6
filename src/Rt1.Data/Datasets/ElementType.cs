namespace Rt1.Data;

/// <summary>The type of a tensor's elements, with NumPy's names in <c>features.json</c>.</summary>
public enum ElementType
{
    Bool,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Float16,
    Float32,
    Float64,

    /// <summary>Bytes, usually UTF-8; not a number.</summary>
    Text,
}

/// <summary>Sizes and names of <see cref="ElementType"/>.</summary>
public static class ElementTypes
{
    private static readonly Dictionary<string, ElementType> ByName =
        Enum.GetValues<ElementType>().ToDictionary(Name).Append(new("object", ElementType.Text)).ToDictionary();

    /// <summary>The type's name as NumPy and TFDS write it; <c>string</c> for text.</summary>
    public static string Name(this ElementType type) => type == ElementType.Text ? "string" : type.ToString().ToLowerInvariant();

    /// <summary>Bytes of one element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is text, which has no fixed size.</exception>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Bool or ElementType.Int8 or ElementType.UInt8 => 1,
        ElementType.Int16 or ElementType.UInt16 or ElementType.Float16 => 2,
        ElementType.Int32 or ElementType.UInt32 or ElementType.Float32 => 4,
        ElementType.Int64 or ElementType.UInt64 or ElementType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "has no fixed size"),
    };

    public static bool IsFloat(this ElementType type) => type is ElementType.Float16 or ElementType.Float32 or ElementType.Float64;

    /// <summary>The type of that name; false for one that is not supported, such as <c>complex64</c>.</summary>
    public static bool TryParse(string name, out ElementType type) => ByName.TryGetValue(name, out type);

    /// <summary>The element type of a C# number.</summary>
    public static ElementType Of<T>() where T : unmanaged => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Boolean => ElementType.Bool,
        TypeCode.SByte => ElementType.Int8,
        TypeCode.Int16 => ElementType.Int16,
        TypeCode.Int32 => ElementType.Int32,
        TypeCode.Int64 => ElementType.Int64,
        TypeCode.Byte => ElementType.UInt8,
        TypeCode.UInt16 => ElementType.UInt16,
        TypeCode.UInt32 => ElementType.UInt32,
        TypeCode.UInt64 => ElementType.UInt64,
        TypeCode.Single => ElementType.Float32,
        TypeCode.Double => ElementType.Float64,
        _ when typeof(T) == typeof(Half) => ElementType.Float16,
        _ => throw new ArgumentException($"{typeof(T).Name} is not an element type."),
    };
}
