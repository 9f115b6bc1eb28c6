namespace OpenCvSharp;

/// <summary>What an image file becomes when it is read.</summary>
[Flags]
public enum ImreadModes
{
    /// <summary>As it is in the file, alpha included.</summary>
    Unchanged = -1,

    Grayscale = 0,

    /// <summary>Three channels, BGR, 8 bits.</summary>
    Color = 1,

    AnyDepth = 2,
    AnyColor = 4,

    /// <summary>The EXIF orientation is not applied.</summary>
    IgnoreOrientation = 128,
}

/// <summary>How pixels between pixels are computed.</summary>
[Flags]
public enum InterpolationFlags
{
    Nearest = 0,
    Linear = 1,
    Cubic = 2,
    Area = 3,
    Lanczos4 = 4,
    LinearExact = 5,
}

/// <summary>Conversions of <see cref="Cv2.CvtColor"/>.</summary>
public enum ColorConversionCodes
{
    BGR2BGRA = 0,
    RGB2RGBA = 0,
    BGRA2BGR = 1,
    RGBA2RGB = 1,
    BGR2RGBA = 2,
    RGB2BGRA = 2,
    RGBA2BGR = 3,
    BGRA2RGB = 3,
    BGR2RGB = 4,
    RGB2BGR = 4,
    BGRA2RGBA = 5,
    RGBA2BGRA = 5,
    BGR2GRAY = 6,
    RGB2GRAY = 7,
    GRAY2BGR = 8,
    GRAY2RGB = 8,
    BGR2HSV = 40,
    RGB2HSV = 41,
    HSV2BGR = 54,
    HSV2RGB = 55,
}

/// <summary>How a line is drawn.</summary>
public enum LineTypes
{
    Link4 = 4,
    Link8 = 8,
    AntiAlias = 16,
}

/// <summary>The built-in stroke fonts.</summary>
[Flags]
public enum HersheyFonts
{
    HersheySimplex = 0,
    HersheyPlain = 1,
    HersheyDuplex = 2,
    HersheyComplex = 3,
    HersheyTriplex = 4,
    HersheyComplexSmall = 5,
    HersheyScriptSimplex = 6,
    HersheyScriptComplex = 7,
    Italic = 16,
}
