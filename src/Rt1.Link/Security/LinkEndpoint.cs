using System.Globalization;
using System.Net;

namespace Rt1.Link;

/// <summary>Where a robot listens: <c>tcp://HOST:PORT</c>.</summary>
public sealed record LinkEndpoint(string Host, int Port)
{
    private const string Scheme = "tcp://";

    /// <summary>True when only processes of this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address);

    /// <summary><c>localhost</c> becomes 127.0.0.1.</summary>
    /// <exception cref="LinkException">The text is no such endpoint.</exception>
    public static LinkEndpoint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (text.StartsWith(Scheme, StringComparison.Ordinal) && colon > Scheme.Length
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
        {
            var host = text[Scheme.Length..colon];
            return new LinkEndpoint(host == "localhost" ? "127.0.0.1" : host, port);
        }
        throw new LinkException(LinkFault.BadConfiguration, $"endpoint: must be tcp://HOST:PORT, for example tcp://127.0.0.1:5555; got '{text}'.");
    }

    public override string ToString() => $"{Scheme}{Host}:{Port}";
}
