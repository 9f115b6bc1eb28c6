namespace OneDnn;

/// <summary>The sizes of a convolution over one map; padding is the same for rows and columns.</summary>
/// <param name="Height">Rows of the input map.</param>
/// <param name="Width">Columns of the input map.</param>
/// <param name="In">Input channels.</param>
/// <param name="Out">Output channels.</param>
/// <param name="Kernel">Rows and columns of the kernel.</param>
/// <param name="Stride">Step between output positions.</param>
/// <param name="Groups">1, or the number of channels for a depthwise convolution.</param>
/// <param name="PadBefore">Zeros above and to the left.</param>
/// <param name="PadAfter">Zeros below and to the right.</param>
public readonly record struct ConvolutionShape(
    int Height, int Width, int In, int Out, int Kernel, int Stride = 1, int Groups = 1, int PadBefore = 0, int PadAfter = 0)
{
    public int OutHeight => (Height + PadBefore + PadAfter - Kernel) / Stride + 1;

    public int OutWidth => (Width + PadBefore + PadAfter - Kernel) / Stride + 1;
}
