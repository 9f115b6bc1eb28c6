namespace Rt1.Data;

/// <summary>An image, decoded when somebody asks for it.</summary>
public abstract class ImageValue : FeatureValue
{
    /// <summary>The image's pixels, decoded anew at each call.</summary>
    /// <exception cref="Vision.ImageFormatException">It does not decode, or not to what the schema says.</exception>
    public abstract PixelImage Decode();
}

/// <summary>An image that is stored as the bytes of its JPEG or PNG file.</summary>
/// <param name="name">Its path in the record, e.g. <c>steps/observation/image</c>, for messages.</param>
/// <param name="index">Its position among the images of that path.</param>
public sealed class StoredImage(ReadOnlyMemory<byte> bytes, ImageSpec spec, string name = "image", int index = 0) : ImageValue
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public ImageSpec Spec { get; } = spec;

    /// <summary>Checks what the image's header says, without decoding it.</summary>
    /// <exception cref="Vision.ImageFormatException">Not an image, cut off, too large, or not what the schema says.</exception>
    public void CheckHeader() => PixelDecoder.Check(Bytes.Span, Spec, Where);

    public override PixelImage Decode() => PixelDecoder.Decode(Bytes.Span, Spec, Where);

    internal string Where => $"{name}[{index}]";
}
