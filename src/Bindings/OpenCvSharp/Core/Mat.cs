using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static OpenCvSharp.Native;

namespace OpenCvSharp;

/// <summary>A dense two-dimensional matrix, or an image: rows × columns × channels. Copies share the pixels unless cloned.</summary>
public unsafe class Mat : CvObject
{
    internal readonly MatHandle Handle;

    public Mat()
    {
        Check(rt1cv_mat_new(out Handle));
    }

    /// <summary>A matrix of the given shape, its values undefined.</summary>
    public Mat(int rows, int cols, MatType type)
    {
        Check(rt1cv_mat_new_sized(rows, cols, type.Value, out Handle));
    }

    /// <inheritdoc cref="Mat(int, int, MatType)"/>
    public Mat(Size size, MatType type) : this(size.Height, size.Width, type) { }

    /// <summary>A matrix of the given shape with every element set to <paramref name="s"/>.</summary>
    public Mat(int rows, int cols, MatType type, Scalar s)
    {
        Check(rt1cv_mat_new_filled(rows, cols, type.Value, s, out Handle));
    }

    /// <inheritdoc cref="Mat(int, int, MatType, Scalar)"/>
    public Mat(Size size, MatType type, Scalar s) : this(size.Height, size.Width, type, s) { }

    /// <summary>A view into a part of <paramref name="m"/>.</summary>
    public Mat(Mat m, Rect roi)
    {
        Check(rt1cv_mat_new_roi(m.Handle, roi.X, roi.Y, roi.Width, roi.Height, out Handle));
    }

    internal Mat(MatHandle handle) => Handle = handle;

    /// <summary>A matrix over memory that someone else owns and keeps alive; a step of 0 means rows without padding.</summary>
    public static Mat FromPixelData(int rows, int cols, MatType type, nint data, long step = 0)
    {
        Check(rt1cv_mat_new_over(rows, cols, type.Value, data, step, out var handle));
        return new Mat(handle);
    }

    /// <summary>A matrix over an array, without a copy; the array stays pinned until the matrix is disposed.</summary>
    /// <exception cref="ArgumentException">The array is smaller than the matrix.</exception>
    public static Mat FromPixelData(int rows, int cols, MatType type, Array data, long step = 0)
    {
        var rowBytes = (long)cols * ElementSize(type);
        var needed = rows == 0 ? 0 : (rows - 1) * (step == 0 ? rowBytes : step) + rowBytes;
        var elementBytes = data.Length == 0 ? 0 : Buffer.ByteLength(data);
        if (elementBytes < needed)
            throw new ArgumentException($"a {rows}×{cols} matrix of {type} needs {needed} bytes, the array has {elementBytes}.", nameof(data));
        var pinned = GCHandle.Alloc(data, GCHandleType.Pinned);
        try
        {
            var mat = FromPixelData(rows, cols, type, pinned.AddrOfPinnedObject(), step);
            mat.Handle.Own(pinned);
            return mat;
        }
        catch
        {
            pinned.Free();
            throw;
        }
    }

    public int Rows => rt1cv_mat_rows(Handle);

    public int Cols => rt1cv_mat_cols(Handle);

    public int Height => Rows;

    public int Width => Cols;

    public int Dims => rt1cv_mat_dims(Handle);

    /// <summary>The first element's address; it moves when the matrix is given another size.</summary>
    public nint Data => rt1cv_mat_data(Handle);

    public byte* DataPointer => (byte*)Data;

    private protected override NativeHandle NativeHandle => Handle;

    public Size Size() => new(Cols, Rows);

    public MatType Type() => rt1cv_mat_type(Handle);

    public int Depth() => Type().Depth;

    public int Channels() => Type().Channels;

    /// <summary>Bytes per element, all channels.</summary>
    public int ElemSize() => ElementSize(Type());

    /// <summary>Bytes from one row to the next.</summary>
    public long Step() => rt1cv_mat_step(Handle);

    /// <summary>Elements in all, each with all its channels.</summary>
    public long Total() => rt1cv_mat_total(Handle);

    public bool Empty() => Total() == 0;

    public bool IsContinuous() => rt1cv_mat_is_continuous(Handle) != 0;

    public bool IsSubmatrix() => rt1cv_mat_is_submatrix(Handle) != 0;

    /// <summary>The address of a row.</summary>
    public nint Ptr(int i0) => Data + (nint)(i0 * Step());

    public Mat Clone()
    {
        Check(rt1cv_mat_clone(Handle, out var clone));
        return new Mat(clone);
    }

    /// <summary>Copies the elements, all or those where <paramref name="mask"/> is not 0.</summary>
    public void CopyTo(OutputArray m, InputArray? mask = null) => Check(mask is null
        ? rt1cv_mat_copy_to(Handle, m.Handle)
        : rt1cv_mat_copy_to_masked(Handle, m.Handle, mask.Handle));

    /// <summary>Writes every element as value · alpha + beta in another number type, rounded and saturated where it is an integer.</summary>
    public void ConvertTo(OutputArray m, MatType rtype, double alpha = 1, double beta = 0) =>
        Check(rt1cv_mat_convert_to(Handle, m.Handle, rtype.Value, alpha, beta));

    /// <summary>Sets the elements, all or those where <paramref name="mask"/> is not 0.</summary>
    public Mat SetTo(Scalar value, Mat? mask = null)
    {
        Check(mask is null ? rt1cv_mat_set_to(Handle, value) : rt1cv_mat_set_to_masked(Handle, value, mask.Handle));
        return this;
    }

    /// <summary>Gives the matrix a shape; its memory is kept where it already has it.</summary>
    public void Create(int rows, int cols, MatType type) => Check(rt1cv_mat_create(Handle, rows, cols, type.Value));

    /// <summary>Lets go of the pixels; the matrix is empty afterwards.</summary>
    public void Release() => rt1cv_mat_release(Handle);

    /// <summary>A reference to one element, without a bounds check.</summary>
    public ref T At<T>(int i0, int i1) where T : unmanaged => ref ((T*)Ptr(i0))[i1];

    /// <summary>All the matrix's memory as one span; empty where rows are padded.</summary>
    public Span<T> AsSpan<T>() where T : unmanaged =>
        IsContinuous() ? new Span<T>(DataPointer, checked((int)(Total() * ElemSize() / sizeof(T)))) : [];

    /// <summary>One row's memory.</summary>
    public Span<T> RowSpan<T>(int row) where T : unmanaged => new((void*)Ptr(row), Cols * ElemSize() / sizeof(T));

    public override string ToString() => IsDisposed ? "Mat [disposed]" : $"Mat [ {Rows}*{Cols}*{Type()} ]";

    private static int ElementSize(MatType type) => type.Channels * type.Depth switch
    {
        MatType.CV_8U or MatType.CV_8S => 1,
        MatType.CV_16U or MatType.CV_16S or MatType.CV_16F => 2,
        MatType.CV_32S or MatType.CV_32F => 4,
        _ => 8,
    };
}
