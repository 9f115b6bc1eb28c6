using System.Text;

namespace NetMQ;

/// <summary>One frame of a <see cref="NetMQMessage"/>.</summary>
public class NetMQFrame : IEquatable<NetMQFrame>
{
    /// <summary>Wraps the array, without a copy.</summary>
    public NetMQFrame(byte[] buffer)
    {
        Buffer = buffer ?? [];
        MessageSize = Buffer.Length;
    }

    /// <summary>ASCII text, as in the package; give an encoding for any other.</summary>
    public NetMQFrame(string message) : this(message, Encoding.ASCII) { }

    public NetMQFrame(string message, Encoding encoding) : this(encoding.GetBytes(message)) { }

    public byte[] Buffer { get; }

    public int BufferSize => Buffer.Length;

    /// <summary>Bytes of the buffer that belong to the frame.</summary>
    public int MessageSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Buffer.Length);
            field = value;
        }
    }

    public bool IsEmpty => MessageSize == 0;

    public static NetMQFrame Empty => new([]);

    public string ConvertToString() => ConvertToString(Encoding.ASCII);

    public string ConvertToString(Encoding encoding) => encoding.GetString(Buffer, 0, MessageSize);

    /// <summary>The bytes; the buffer itself when the frame fills it, unless <paramref name="copy"/> is set.</summary>
    public byte[] ToByteArray(bool copy = false) => !copy && MessageSize == BufferSize ? Buffer : Buffer[..MessageSize];

    public static bool operator ==(NetMQFrame? one, NetMQFrame? other) => one?.Equals(other) ?? other is null;

    public static bool operator !=(NetMQFrame? one, NetMQFrame? other) => !(one == other);

    public bool Equals(NetMQFrame? other) =>
        other is not null && Buffer.AsSpan(0, MessageSize).SequenceEqual(other.Buffer.AsSpan(0, other.MessageSize));

    public override bool Equals(object? obj) => Equals(obj as NetMQFrame);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Buffer.AsSpan(0, MessageSize));
        return hash.ToHashCode();
    }
}
