using System.Diagnostics.CodeAnalysis;

namespace OpenCvSharp;

/// <summary>What a function reads: here always a <see cref="Mat"/>, which converts by itself.</summary>
public sealed class InputArray
{
    internal readonly MatHandle Handle;

    private InputArray(Mat mat) => Handle = mat.Handle;

    public static InputArray Create(Mat mat) => new(mat);

    [return: NotNullIfNotNull(nameof(mat))]
    public static implicit operator InputArray?(Mat? mat) => mat is null ? null : new(mat);
}

/// <summary>What a function writes; it is given the size and type that the result needs.</summary>
public class OutputArray
{
    internal readonly MatHandle Handle;

    private protected OutputArray(Mat mat) => Handle = mat.Handle;

    public static OutputArray Create(Mat mat) => new(mat);

    public static implicit operator OutputArray(Mat mat) => new(mat);
}

/// <summary>What a function changes in place.</summary>
public sealed class InputOutputArray : OutputArray
{
    private InputOutputArray(Mat mat) : base(mat) { }

    public static new InputOutputArray Create(Mat mat) => new(mat);

    public static implicit operator InputOutputArray(Mat mat) => new(mat);
}
