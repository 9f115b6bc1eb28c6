using System.Buffers.Binary;
using System.Text.Json;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Link;

/// <summary>The JSON in front of a frame's pixels.</summary>
internal sealed record FrameHeader
{
    public required long Sequence { get; init; }

    /// <summary>Microseconds on the robot's clock.</summary>
    public required long CapturedAtUs { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    /// <summary><see cref="FrameCodec.Jpeg"/> or <see cref="FrameCodec.Rgb8"/>.</summary>
    public required string Encoding { get; init; }

    /// <summary>The state measured with the image.</summary>
    public StateMessage? State { get; init; }
}

/// <summary>
/// Frames to messages and back: the header's length (4 bytes, little-endian), the header, then a JPEG file or raw RGB rows; a MAC in
/// front where the two ends share a key.
/// </summary>
internal sealed class FrameCodec(MessageSeal seal)
{
    public const string Jpeg = "jpeg";
    public const string Rgb8 = "rgb8";

    private const int LengthBytes = 4;

    /// <param name="jpegQuality">0 to 100; null sends raw pixels, except of a frame that came as JPEG.</param>
    public byte[] Encode(Frame frame, RobotState? state, int? jpegQuality)
    {
        var asJpeg = jpegQuality is not null || frame.Jpeg is not null;
        var image = asJpeg ? ImageCodec.ToJpeg(frame, jpegQuality ?? ImageCodec.DefaultJpegQuality) : frame.Pixels;
        var header = MessageCodec.ToJson(new FrameHeader
        {
            Sequence = frame.Sequence,
            CapturedAtUs = LinkProtocol.ToMicroseconds(frame.CapturedAt),
            Height = frame.Height,
            Width = frame.Width,
            Encoding = asJpeg ? Jpeg : Rgb8,
            State = state is null ? null : StateMessage.From(state),
        });
        var body = new byte[LengthBytes + header.Length + image.Length];
        BinaryPrimitives.WriteInt32LittleEndian(body, header.Length);
        header.CopyTo(body, LengthBytes);
        image.Span.CopyTo(body.AsSpan(LengthBytes + header.Length));
        return seal.Seal(body);
    }

    /// <summary>The header, and the image's bytes as they stand in the message.</summary>
    /// <exception cref="MalformedMessageException">The MAC is wrong, or the bytes are not a frame.</exception>
    public FrameHeader ReadHeader(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> image)
    {
        var body = seal.Open(message);
        if (body.Length < LengthBytes)
            throw Malformed($"{body.Length} bytes are too few.");
        var length = BinaryPrimitives.ReadInt32LittleEndian(body);
        if (length < 0 || length > body.Length - LengthBytes)
            throw Malformed($"a header of {length} bytes in a message of {body.Length}.");
        image = body[(LengthBytes + length)..];
        try
        {
            return MessageCodec.FromJson<FrameHeader>(body.Slice(LengthBytes, length)) ?? throw Malformed("the header is null.");
        }
        catch (JsonException e)
        {
            throw Malformed(e.Message);
        }
    }

    /// <exception cref="MalformedMessageException">The image is not what the header says.</exception>
    public static Frame Decode(FrameHeader header, byte[] image, TimeSpan clockOffset)
    {
        var capturedAt = LinkProtocol.FromMicroseconds(header.CapturedAtUs) - clockOffset;
        var frame = header.Encoding switch
        {
            Jpeg => DecodeJpeg(header, image, capturedAt),
            Rgb8 when image.Length == (long)header.Height * header.Width * 3 && header is { Height: > 0, Width: > 0 } => new Frame
            {
                Width = header.Width,
                Height = header.Height,
                Pixels = image,
                CapturedAt = capturedAt,
                Sequence = header.Sequence,
            },
            Rgb8 => throw Malformed($"{header.Height}×{header.Width} rgb8 pixels are {(long)header.Height * header.Width * 3} bytes, got {image.Length}."),
            _ => throw Malformed($"encoding must be {Jpeg} or {Rgb8}, got '{header.Encoding}'."),
        };
        return frame with { State = header.State?.ToState(clockOffset) };
    }

    private static Frame DecodeJpeg(FrameHeader header, byte[] image, TimeSpan capturedAt)
    {
        var frame = ImageCodec.Decode(image, "link frame", capturedAt, header.Sequence);
        return frame.Height == header.Height && frame.Width == header.Width
            ? frame
            : throw Malformed($"the header says {header.Height}×{header.Width}, the JPEG holds {frame.Height}×{frame.Width}.");
    }

    private static MalformedMessageException Malformed(string problem) => new(RefusalCodes.Malformed, $"frame: {problem}");
}
