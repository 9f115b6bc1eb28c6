using System.Collections.Concurrent;
using System.Text;
using NetMQ;

namespace Rt1.Bindings.Zmq;

/// <summary>
/// Makes a socket a CURVE server that admits only clients whose public keys it was given. The keys are checked by this process's
/// answer to libzmq's authentication requests (ZAP, RFC 27), which stands from the first guard to the end of the context.
/// </summary>
public sealed class CurveGuard : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly ConcurrentDictionary<string, HashSet<string>> AllowedByDomain = new();
    private static ZapHandler? _handler;

    private readonly string _domain = $"rt1-{Guid.NewGuid():N}";

    private CurveGuard(IEnumerable<NetMQCertificate> allowed)
    {
        lock (Gate)
        {
            AllowedByDomain[_domain] = [.. allowed.Select(client => Convert.ToHexString(client.PublicKey))];
            if (_handler is not { IsAlive: true })
                _handler = new ZapHandler(IsAllowed);
        }
    }

    /// <summary>Call before the socket binds. Dispose after the socket; without a guard its clients are refused.</summary>
    /// <exception cref="ArgumentException">The server's certificate has no secret key.</exception>
    public static CurveGuard Protect(NetMQSocket socket, NetMQCertificate server, IEnumerable<NetMQCertificate> allowedClients)
    {
        // The handler must stand before the first handshake: without one, libzmq lets any key in.
        var guard = new CurveGuard(allowedClients);
        try
        {
            socket.Options.CurveServer = true;
            socket.Options.CurveCertificate = server;
            socket.Options.Set(SocketOption.ZapDomain, Encoding.ASCII.GetBytes(guard._domain));
            return guard;
        }
        catch
        {
            guard.Dispose();
            throw;
        }
    }

    public void Dispose() => AllowedByDomain.TryRemove(_domain, out _);

    private static bool IsAllowed(string domain, byte[] publicKey) =>
        AllowedByDomain.TryGetValue(domain, out var keys) && keys.Contains(Convert.ToHexString(publicKey));
}
