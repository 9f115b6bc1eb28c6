namespace OpenCvSharp;

/// <summary>A video codec's four-character code, the first character in the lowest byte.</summary>
public readonly record struct FourCC
{
    public static readonly int H264 = FromString("H264").Value;
    public static readonly int MJPG = FromString("MJPG").Value;
    public static readonly int MP4V = FromString("MP4V").Value;
    public static readonly int XVID = FromString("XVID").Value;

    public readonly int Value;

    public FourCC(int value)
    {
        Value = value;
    }

    public static FourCC FromFourChars(char c1, char c2, char c3, char c4) => (c1 & 255) | (c2 & 255) << 8 | (c3 & 255) << 16 | (c4 & 255) << 24;

    /// <exception cref="ArgumentException">The code is not of four characters.</exception>
    public static FourCC FromString(string code) => code.Length == 4
        ? FromFourChars(code[0], code[1], code[2], code[3])
        : throw new ArgumentException($"a codec's code has four characters, got '{code}'.", nameof(code));

    public static implicit operator FourCC(int code) => new(code);

    public static implicit operator int(FourCC fourcc) => fourcc.Value;
}
