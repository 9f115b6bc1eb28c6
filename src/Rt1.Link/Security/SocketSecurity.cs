using NetMQ;
#if RT1_SYSTEM_BINDINGS
using Rt1.Bindings.Zmq;
#endif

namespace Rt1.Link;

/// <summary>Puts CURVE on sockets, and refuses endpoints beyond loopback without it.</summary>
internal static class SocketSecurity
{
    /// <summary>The robot's side. Dispose what is returned after the sockets.</summary>
    /// <exception cref="LinkException">The endpoint needs CURVE and has no keys, or a key is malformed.</exception>
    public static IDisposable ProtectServer(LinkSecurity security, LinkEndpoint endpoint, params IReadOnlyList<NetMQSocket> sockets)
    {
        Demand(security, endpoint, "secret_key and link.allowed_clients");
        if (!security.HasCurve)
            return new Guards([]);
#if RT1_SYSTEM_BINDINGS
        var own = security.OwnCertificate();
        var allowed = security.AllowedClients.Select(key => LinkSecurity.PublicCertificate(key, "allowed_clients")).ToList();
        return new Guards([.. sockets.Select(socket => CurveGuard.Protect(socket, own, allowed))]);
#else
        throw NoCurve();
#endif
    }

    /// <summary>The runtime's side.</summary>
    /// <exception cref="LinkException">The endpoint needs CURVE and has no keys, or a key is malformed.</exception>
    public static void ProtectClient(LinkSecurity security, LinkEndpoint endpoint, params IReadOnlyList<NetMQSocket> sockets)
    {
        Demand(security, endpoint, "secret_key and link.server_key");
        if (!security.HasCurve)
            return;
#if RT1_SYSTEM_BINDINGS
        var own = security.OwnCertificate();
        var server = LinkSecurity.PublicCertificate(security.ServerKey
            ?? throw new LinkException(LinkFault.BadConfiguration, "link.server_key: is missing; it is the robot's public key."), "server_key");
        foreach (var socket in sockets)
        {
            socket.Options.CurveCertificate = own;
            socket.Options.CurveServerKey = server.PublicKey;
        }
#else
        throw NoCurve();
#endif
    }

    private static void Demand(LinkSecurity security, LinkEndpoint endpoint, string keys)
    {
        if (endpoint.IsLoopback || security.HasCurve)
            return;
        throw new LinkException(LinkFault.Insecure,
            $"endpoint {endpoint}: is not loopback, so it needs CURVE keys (link.{keys}); or use 127.0.0.1.");
    }

#if !RT1_SYSTEM_BINDINGS
    private static LinkException NoCurve() => new(LinkFault.Insecure,
        "link.secret_key: this build uses NuGet's NetMQ, whose CURVE does not keep strangers out; build with -p:Rt1Bindings=system, or use 127.0.0.1.");
#endif

    private sealed class Guards(IReadOnlyList<IDisposable> guards) : IDisposable
    {
        public void Dispose()
        {
            foreach (var guard in guards)
                guard.Dispose();
        }
    }
}
