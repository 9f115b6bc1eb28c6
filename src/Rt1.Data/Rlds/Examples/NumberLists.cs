using System.Numerics;
using System.Runtime.InteropServices;

namespace Rt1.Data;

/// <summary>Between an example's lists, which know only float32 and int64, and tensors of every type.</summary>
internal static class NumberLists
{
    public static void Write(IReadOnlyList<float> list, ElementType type, Span<byte> data)
    {
        switch (type)
        {
            case ElementType.Float16: Convert<float, Half>(list, data); break;
            case ElementType.Float32: Convert<float, float>(list, data); break;
            default: Convert<float, double>(list, data); break;
        }
    }

    /// <returns>False when a number is outside of the type's range.</returns>
    public static bool TryWrite(IReadOnlyList<long> list, ElementType type, Span<byte> data, out long outside)
    {
        outside = 0;
        switch (type)
        {
            case ElementType.Bool: return TryConvert<bool>(list, data, n => n != 0, _ => true, ref outside);
            case ElementType.Int8: return TryConvert(list, data, n => (sbyte)n, n => n is >= sbyte.MinValue and <= sbyte.MaxValue, ref outside);
            case ElementType.Int16: return TryConvert(list, data, n => (short)n, n => n is >= short.MinValue and <= short.MaxValue, ref outside);
            case ElementType.Int32: return TryConvert(list, data, n => (int)n, n => n is >= int.MinValue and <= int.MaxValue, ref outside);
            case ElementType.UInt8: return TryConvert(list, data, n => (byte)n, n => n is >= 0 and <= byte.MaxValue, ref outside);
            case ElementType.UInt16: return TryConvert(list, data, n => (ushort)n, n => n is >= 0 and <= ushort.MaxValue, ref outside);
            case ElementType.UInt32: return TryConvert(list, data, n => (uint)n, n => n is >= 0 and <= uint.MaxValue, ref outside);
            // A uint64 is stored as the int64 of the same bits.
            default: return TryConvert(list, data, n => n, _ => true, ref outside);
        }
    }

    public static IEnumerable<float> ToFloats(TensorValue tensor) => Enumerable.Range(0, tensor.Count).Select(i => (float)tensor[i]);

    public static IEnumerable<long> ToIntegers(TensorValue tensor) => tensor.Type switch
    {
        ElementType.Int64 => tensor.As<long>().ToArray(),
        ElementType.UInt64 => MemoryMarshal.Cast<ulong, long>(tensor.As<ulong>()).ToArray(),
        _ => Enumerable.Range(0, tensor.Count).Select(i => (long)tensor[i]),
    };

    private static void Convert<TFrom, TTo>(IReadOnlyList<TFrom> list, Span<byte> data)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        var target = MemoryMarshal.Cast<byte, TTo>(data);
        for (var i = 0; i < target.Length; i++)
            target[i] = TTo.CreateSaturating(list[i]);
    }

    private static bool TryConvert<T>(IReadOnlyList<long> list, Span<byte> data, Func<long, T> convert, Func<long, bool> fits, ref long outside)
        where T : unmanaged
    {
        var target = MemoryMarshal.Cast<byte, T>(data);
        for (var i = 0; i < target.Length; i++)
        {
            if (!fits(list[i]))
            {
                outside = list[i];
                return false;
            }
            target[i] = convert(list[i]);
        }
        return true;
    }
}
