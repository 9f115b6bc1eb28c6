using System.Runtime.InteropServices;

namespace Rt1.Bindings.Torch;

/// <summary>What a <see cref="Value"/> holds; the numbers are those of native/rt1_torch.cpp.</summary>
internal enum Kind
{
    None,
    Default,
    Tensor,
    Int,
    Double,
    Bool,
    String,
    Device,
    Generator,
    IntList,
    DoubleList,
    TensorList,
}

/// <summary>One argument or result as it crosses: a number, a handle, or a pointer with a count.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    public long Bits;
    public Kind Kind;
    public int Count;
}

/// <summary>Everything about a tensor that needs no operator, read in one call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorInfo
{
    public long* Sizes;
    public long* Strides;
    public long Numel;
    public long StorageOffset;
    public int Dimensions;
    public int Dtype;
    public int ElementSize;
    public int DeviceType;
    public int DeviceIndex;
    public byte RequiresGrad;
    public byte IsLeaf;
    public byte IsContiguous;
    public byte IsInference;

    public readonly long[] Shape => new ReadOnlySpan<long>(Sizes, Dimensions).ToArray();
}
