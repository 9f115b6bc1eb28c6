namespace OpenCvSharp.Tests;

public class Matrices
{
    [Fact]
    public void Constructor_WithScalar_FillsEveryElement()
    {
        using var mat = new Mat(2, 3, MatType.CV_8UC3, new Scalar(1, 2, 3));
        Assert.Equal((2, 3, 3, MatType.CV_8U), (mat.Rows, mat.Cols, mat.Channels(), mat.Depth()));
        Assert.Equal((6L, 3, 9L), (mat.Total(), mat.ElemSize(), mat.Step()));
        Assert.Equal("CV_8UC3", mat.Type().ToString());
        Assert.Equal([1, 2, 3, 1, 2, 3, 1, 2, 3], mat.RowSpan<byte>(1).ToArray());
    }

    [Fact]
    public void FromPixelData_Array_SharesItsMemory()
    {
        var pixels = new byte[4];
        using (var mat = Mat.FromPixelData(2, 2, MatType.CV_8UC1, pixels))
        {
            mat.At<byte>(1, 0) = 7;
            pixels[1] = 5;
            Assert.Equal(5, mat.At<byte>(0, 1));
        }
        Assert.Equal([0, 5, 7, 0], pixels);
    }

    [Fact]
    public void Roi_IsAView_AndNotContinuous()
    {
        using var mat = new Mat(4, 4, MatType.CV_32FC1, Scalar.All(1));
        using var roi = new Mat(mat, new Rect(1, 1, 2, 2));
        roi.SetTo(Scalar.All(9));
        Assert.Equal(9, mat.At<float>(2, 2));
        Assert.Equal(1, mat.At<float>(3, 3));
        Assert.False(roi.IsContinuous());
        Assert.True(roi.IsSubmatrix());
        using var clone = roi.Clone();
        Assert.True(clone.IsContinuous());
    }

    [Fact]
    public void ConvertTo_Byte_RoundsAndSaturates()
    {
        using var floats = Mat.FromPixelData(1, 4, MatType.CV_32FC1, new float[] { -3, 0.6f, 254.4f, 300 });
        using var bytes = new Mat();
        floats.ConvertTo(bytes, MatType.CV_8UC1);
        Assert.Equal([0, 1, 254, 255], bytes.AsSpan<byte>().ToArray());
        using var unit = new Mat();
        bytes.ConvertTo(unit, MatType.CV_32FC1, 1 / 255.0);
        Assert.Equal(1f, unit.At<float>(0, 3));
    }

    [Fact]
    public void CopyTo_WithMask_CopiesOnlyThere()
    {
        using var source = new Mat(1, 3, MatType.CV_8UC1, Scalar.All(5));
        using var target = new Mat(1, 3, MatType.CV_8UC1, Scalar.All(1));
        using var mask = Mat.FromPixelData(1, 3, MatType.CV_8UC1, new byte[] { 0, 255, 0 });
        source.CopyTo(target, mask);
        Assert.Equal([1, 5, 1], target.AsSpan<byte>().ToArray());
        target.SetTo(Scalar.All(8), mask);
        Assert.Equal([1, 8, 1], target.AsSpan<byte>().ToArray());
    }

    [Fact]
    public void Constructor_NegativeSize_ThrowsWithOpenCvsMessage()
    {
        var e = Assert.Throws<OpenCVException>(() => new Mat(-1, 2, MatType.CV_8UC1));
        Assert.NotEmpty(e.Message);
    }

#if RT1_SYSTEM_BINDINGS
    [Fact]
    public void Use_AfterDispose_ThrowsObjectDisposed()
    {
        var mat = new Mat(2, 2, MatType.CV_8UC1);
        mat.Dispose();
        mat.Dispose();
        Assert.True(mat.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => mat.Rows);
    }
#endif
}
