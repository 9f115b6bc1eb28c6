using System.Security.Cryptography;

namespace Rt1.Link;

/// <summary>Puts a MAC (HMAC-SHA256 over all that follows it) in front of messages, and checks it; does nothing without a key.</summary>
internal sealed class MessageSeal(byte[]? key)
{
    public const int MacBytes = 32;

    public byte[] Seal(ReadOnlySpan<byte> body)
    {
        if (key is null)
            return body.ToArray();
        var message = new byte[MacBytes + body.Length];
        HMACSHA256.HashData(key, body, message);
        body.CopyTo(message.AsSpan(MacBytes));
        return message;
    }

    /// <summary>The message without its MAC.</summary>
    /// <exception cref="MalformedMessageException">The MAC is missing or was made with another key.</exception>
    public ReadOnlySpan<byte> Open(ReadOnlySpan<byte> message)
    {
        if (key is null)
            return message;
        Span<byte> expected = stackalloc byte[MacBytes];
        if (message.Length >= MacBytes)
        {
            HMACSHA256.HashData(key, message[MacBytes..], expected);
            if (CryptographicOperations.FixedTimeEquals(expected, message[..MacBytes]))
                return message[MacBytes..];
        }
        throw new MalformedMessageException(RefusalCodes.BadMac, "the message does not carry the shared key's MAC.");
    }
}
