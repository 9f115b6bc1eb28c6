using System.Text;
using Rt1.Bindings.Zmq;

namespace NetMQ;

/// <summary>A CURVE key pair (Curve25519), or the public half of one. Keys are 32 bytes, or 40 characters of Z85 text.</summary>
public class NetMQCertificate
{
    private const int KeyBytes = 32;
    private const int KeyCharacters = 40;

    /// <summary>A new pair.</summary>
    /// <exception cref="NotSupportedException">libzmq was built without CURVE.</exception>
    public unsafe NetMQCertificate()
    {
        // libzmq terminates the text with a zero.
        Span<byte> publicText = stackalloc byte[KeyCharacters + 1];
        Span<byte> secretText = stackalloc byte[KeyCharacters + 1];
        fixed (byte* publicKey = publicText, secretKey = secretText)
        {
            if (LibZmq.zmq_curve_keypair(publicKey, secretKey) != 0)
                throw NetMQException.FromLastError("CURVE key pair");
        }
        PublicKey = Z85.Decode(publicText[..KeyCharacters]);
        SecretKey = Z85.Decode(secretText[..KeyCharacters]);
    }

    /// <exception cref="ArgumentException">A key is not 32 bytes.</exception>
    public NetMQCertificate(byte[] secretKey, byte[] publicKey)
    {
        SecretKey = Checked(secretKey, nameof(secretKey));
        PublicKey = Checked(publicKey, nameof(publicKey));
    }

    /// <exception cref="ArgumentException">A key is not 40 characters of Z85.</exception>
    public NetMQCertificate(string secretKey, string publicKey)
        : this(Decoded(secretKey, nameof(secretKey)), Decoded(publicKey, nameof(publicKey))) { }

    private NetMQCertificate(byte[] publicKey) => PublicKey = publicKey;

    public byte[] PublicKey { get; }

    public string PublicKeyZ85 => Z85.Encode(PublicKey);

    /// <summary>Null for a certificate of a public key alone.</summary>
    public byte[]? SecretKey { get; }

    public string? SecretKeyZ85 => SecretKey is null ? null : Z85.Encode(SecretKey);

    public bool HasSecretKey => SecretKey is not null;

    /// <summary>The pair of a secret key; the public key follows from it.</summary>
    /// <exception cref="ArgumentException">The key is not 32 bytes.</exception>
    public static NetMQCertificate CreateFromSecretKey(byte[] secretKey) =>
        new(Checked(secretKey, nameof(secretKey)), PublicKeyOf(secretKey));

    /// <exception cref="ArgumentException">The key is not 40 characters of Z85.</exception>
    public static NetMQCertificate CreateFromSecretKey(string secretKey) => CreateFromSecretKey(Decoded(secretKey, nameof(secretKey)));

    /// <exception cref="ArgumentException">The key is not 32 bytes.</exception>
    public static NetMQCertificate FromPublicKey(byte[] publicKey) => new(Checked(publicKey, nameof(publicKey)));

    /// <exception cref="ArgumentException">The key is not 40 characters of Z85.</exception>
    public static NetMQCertificate FromPublicKey(string publicKey) => new(Decoded(publicKey, nameof(publicKey)));

    private static unsafe byte[] PublicKeyOf(byte[] secretKey)
    {
        Span<byte> publicText = stackalloc byte[KeyCharacters + 1];
        fixed (byte* publicKey = publicText, secret = Encoding.ASCII.GetBytes(Z85.Encode(secretKey) + '\0'))
        {
            if (LibZmq.zmq_curve_public(publicKey, secret) != 0)
                throw NetMQException.FromLastError("CURVE public key");
        }
        return Z85.Decode(publicText[..KeyCharacters]);
    }

    private static byte[] Checked(byte[] key, string name) => key.Length == KeyBytes
        ? key
        : throw new ArgumentException($"a CURVE key is {KeyBytes} bytes, got {key.Length}.", name);

    private static byte[] Decoded(string key, string name)
    {
        if (key.Length != KeyCharacters)
            throw new ArgumentException($"a CURVE key is {KeyCharacters} characters of Z85, got {key.Length}.", name);
        try
        {
            return Z85.Decode(Encoding.Latin1.GetBytes(key));
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"a CURVE key is {KeyCharacters} characters of Z85: {e.Message}", name);
        }
    }
}
