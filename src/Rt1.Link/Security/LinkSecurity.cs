using NetMQ;

namespace Rt1.Link;

/// <summary>
/// Who may talk over a link. On loopback everything may stay empty. Beyond it CURVE is demanded: the robot end needs
/// <see cref="SecretKey"/> and <see cref="AllowedClients"/>, the runtime end <see cref="SecretKey"/> and <see cref="ServerKey"/>.
/// </summary>
public sealed record LinkSecurity
{
    private const int MinSharedKeyBytes = 16;

    /// <summary>A secret both ends have, at least 32 hexadecimal digits: every message then carries its MAC.</summary>
    public string? SharedKey { get; init; }

    /// <summary>This end's CURVE secret key, 40 characters of Z85.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Runtime end: the robot's CURVE public key.</summary>
    public string? ServerKey { get; init; }

    /// <summary>Robot end: the CURVE public keys of the runtimes that it admits.</summary>
    public IReadOnlyList<string> AllowedClients { get; init; } = [];

    internal bool HasCurve => SecretKey is not null;

    /// <summary>A new CURVE key pair, as Z85 text.</summary>
    public static (string PublicKey, string SecretKey) NewKeyPair()
    {
        var pair = new NetMQCertificate();
        return (pair.PublicKeyZ85, pair.SecretKeyZ85!);
    }

    /// <exception cref="LinkException">The shared key is not hexadecimal, or too short.</exception>
    internal MessageSeal CreateSeal()
    {
        if (SharedKey is null)
            return new MessageSeal(null);
        byte[] key;
        try
        {
            key = Convert.FromHexString(SharedKey);
        }
        catch (FormatException)
        {
            throw new LinkException(LinkFault.BadConfiguration, "link.shared_key: must be hexadecimal digits, two for each byte.");
        }
        return key.Length >= MinSharedKeyBytes
            ? new MessageSeal(key)
            : throw new LinkException(LinkFault.BadConfiguration,
                $"link.shared_key: must be at least {MinSharedKeyBytes * 2} hexadecimal digits, got {key.Length * 2}.");
    }

    /// <exception cref="LinkException">The key is not 40 characters of Z85.</exception>
    internal static NetMQCertificate PublicCertificate(string key, string name) =>
        Certificate(key, name, NetMQCertificate.FromPublicKey);

    /// <exception cref="LinkException">The key is not 40 characters of Z85.</exception>
    internal NetMQCertificate OwnCertificate() => Certificate(SecretKey!, "secret_key", NetMQCertificate.CreateFromSecretKey);

    private static NetMQCertificate Certificate(string key, string name, Func<string, NetMQCertificate> create)
    {
        try
        {
            return create(key);
        }
        catch (Exception e) when (e is ArgumentException or NetMQException)
        {
            throw new LinkException(LinkFault.BadConfiguration, $"link.{name}: must be a CURVE key of 40 characters (Z85); {e.Message}", e);
        }
    }
}
