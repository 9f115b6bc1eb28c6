namespace OpenCvSharp;

/// <summary>One setting of an image encoder.</summary>
public record ImageEncodingParam
{
    public ImageEncodingParam(ImwriteFlags id, int value)
    {
        EncodingId = id;
        Value = value;
    }

    public ImwriteFlags EncodingId { get; }

    public int Value { get; }
}

/// <summary>The settings that image encoders know.</summary>
public enum ImwriteFlags
{
    /// <summary>0 to 100, default 95.</summary>
    JpegQuality = 1,

    JpegProgressive = 2,
    JpegOptimize = 3,

    /// <summary>0 (fast) to 9 (small).</summary>
    PngCompression = 16,

    PngStrategy = 17,

    /// <summary>1 to 100; above 100 lossless.</summary>
    WebPQuality = 64,
}
