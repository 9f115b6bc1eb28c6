using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Bindings.Torch;

/// <summary>
/// One argument of an operator: whatever the schema may ask for converts to it, so a call reads like the schema.
/// Lives on the stack; holds on to the objects that it was made from until the call is over.
/// </summary>
public readonly struct Value
{
    internal readonly object? Reference;
    internal readonly long Bits;
    internal readonly Kind Kind;

    private Value(Kind kind, long bits = 0, object? reference = null) => (Kind, Bits, Reference) = (kind, bits, reference);

    /// <summary>An absent optional argument (<c>None</c>).</summary>
    public static Value None => default;

    /// <summary>The default that the schema states.</summary>
    public static Value Default => new(Kind.Default);

    public static implicit operator Value(Tensor? tensor) => tensor is null ? None : new(Kind.Tensor, tensor.Handle, tensor);
    public static implicit operator Value(long number) => new(Kind.Int, number);
    public static implicit operator Value(double number) => new(Kind.Double, BitConverter.DoubleToInt64Bits(number));
    public static implicit operator Value(bool flag) => new(Kind.Bool, flag ? 1 : 0);
    public static implicit operator Value(string text) => new(Kind.String, reference: text);
    public static implicit operator Value(long[]? numbers) => numbers is null ? None : new(Kind.IntList, reference: numbers);
    public static implicit operator Value(double[]? numbers) => numbers is null ? None : new(Kind.DoubleList, reference: numbers);
    public static implicit operator Value(Tensor?[] tensors) => new(Kind.TensorList, reference: tensors);
    public static implicit operator Value(Scalar? scalar) => scalar is null ? None : new(scalar.Kind, scalar.Bits);
    public static implicit operator Value(ScalarType type) => new(Kind.Int, (long)type);
    public static implicit operator Value(Device? device) => device is null ? None : new(Kind.Device, (long)device.type, device);
    public static implicit operator Value(Generator? generator) =>
        generator is null ? None : new(Kind.Generator, generator.Handle, generator);
    public static implicit operator Value(long? number) => number is { } value ? value : None;
    public static implicit operator Value(double? number) => number is { } value ? value : None;
    public static implicit operator Value(bool? flag) => flag is { } value ? value : None;
    public static implicit operator Value(ScalarType? type) => type is { } value ? value : None;

    /// <summary>How many 8-byte words of scratch space the value needs beside its own slot.</summary>
    internal int Words => Reference switch
    {
        long[] list => list.Length,
        double[] list => list.Length,
        Tensor?[] list => list.Length,
        string text => (System.Text.Encoding.UTF8.GetMaxByteCount(text.Length) + 7) / 8,
        _ => 0,
    };

    /// <summary>Fills the slot; lists and text are copied to <paramref name="scratch"/>, which must not move.</summary>
    /// <returns>The number of words used.</returns>
    internal unsafe int Pack(out NativeValue slot, Span<long> scratch)
    {
        slot = new NativeValue { Kind = Kind, Bits = Bits };
        switch (Reference)
        {
            case long[] list:
                list.CopyTo(scratch);
                slot.Count = list.Length;
                break;
            case double[] list:
                Unsafe.As<double[], long[]>(ref list).AsSpan().CopyTo(scratch);
                slot.Count = list.Length;
                break;
            case Tensor?[] list:
                for (var i = 0; i < list.Length; i++)
                    scratch[i] = list[i]?.Handle ?? 0;
                slot.Count = list.Length;
                break;
            case string text:
                slot.Count = System.Text.Encoding.UTF8.GetBytes(text, System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch));
                break;
            case Device device:
                slot.Count = device.index;
                return 0;
            default:
                return 0;
        }
        slot.Bits = (long)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch));
        return Words;
    }
}
