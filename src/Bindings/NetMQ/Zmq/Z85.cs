using System.Buffers.Binary;

namespace Rt1.Bindings.Zmq;

/// <summary>ZeroMQ's text form of binary keys (RFC 32): five characters of base 85 for four bytes.</summary>
internal static class Z85
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length / 4 * 5];
        for (var group = 0; group < bytes.Length / 4; group++)
        {
            var value = BinaryPrimitives.ReadUInt32BigEndian(bytes[(group * 4)..]);
            for (var i = 4; i >= 0; i--, value /= 85)
                text[group * 5 + i] = Alphabet[(int)(value % 85)];
        }
        return new string(text);
    }

    /// <exception cref="FormatException">A character is outside the alphabet, or a group exceeds 32 bits.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length / 5 * 4];
        for (var group = 0; group < text.Length / 5; group++)
        {
            ulong value = 0;
            foreach (var character in text.Slice(group * 5, 5))
            {
                var digit = Alphabet.IndexOf((char)character);
                if (digit < 0)
                    throw new FormatException($"'{(char)character}' is not a Z85 character.");
                value = value * 85 + (uint)digit;
            }
            if (value > uint.MaxValue)
                throw new FormatException("a group of five characters exceeds 32 bits.");
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(group * 4), (uint)value);
        }
        return bytes;
    }
}
