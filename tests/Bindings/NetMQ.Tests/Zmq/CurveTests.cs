using Rt1.Bindings.Zmq;

public class CurveTests
{
    private static readonly NetMQCertificate Server = new();
    private static readonly NetMQCertificate Client = new();
    private static readonly NetMQCertificate Stranger = new();

    [Fact]
    public void Curve_AllowedClient_IsHeard() => Assert.True(IsHeard(Client, Server.PublicKey, Wait.Limit));

    [Fact]
    public void Curve_ClientNotAllowed_IsRefused() => Assert.False(IsHeard(Stranger, Server.PublicKey));

    [Fact]
    public void Curve_WrongServerKey_IsRefused() => Assert.False(IsHeard(Client, Stranger.PublicKey));

    [Fact]
    public void Curve_PlaintextClient_IsRefused() => Assert.False(IsHeard(null, null));

    [Fact]
    public void Curve_AllowedOnAnotherSocketOnly_IsRefused()
    {
        using var other = new RouterSocket();
        using var guard = CurveGuard.Protect(other, Server, [Stranger]);

        Assert.False(IsHeard(Stranger, Server.PublicKey));
    }

    [Fact]
    public void Curve_GuardDisposed_RefusesNewClients()
    {
        using var router = new RouterSocket();
        CurveGuard.Protect(router, Server, [Client]).Dispose();

        Assert.False(IsHeard(router, Client, Server.PublicKey));
    }

    [Fact]
    public void Curve_PlaintextServer_HearsNothingOfACurveClient()
    {
        using var router = new RouterSocket();

        Assert.False(IsHeard(router, Client, Server.PublicKey));
    }

    [Fact]
    public void Monitor_ClientNotAllowed_ReportsTheRefusal()
    {
        using var router = new RouterSocket();
        using var guard = CurveGuard.Protect(router, Server, [Client]);
        using var dealer = new DealerSocket();
        using var monitor = new SocketMonitor(dealer);
        dealer.Options.CurveCertificate = Stranger;
        dealer.Options.CurveServerKey = Server.PublicKey;
        dealer.Connect(Connected.Bind(router));

        var happened = ConnectionEvent.None;
        Wait.Until(() => monitor.TryReceive(Wait.Limit, out happened) && happened > ConnectionEvent.Disconnected);

        Assert.Equal(ConnectionEvent.HandshakeFailedAuthentication, happened);
    }

    [Fact]
    public void Protect_CertificateWithoutSecret_IsRefused()
    {
        using var router = new RouterSocket();

        Assert.Throws<ArgumentException>(() => CurveGuard.Protect(router, NetMQCertificate.FromPublicKey(Server.PublicKey), []));
    }

    private static bool IsHeard(NetMQCertificate? client, byte[]? serverKey, TimeSpan? patience = null)
    {
        using var router = new RouterSocket();
        using var guard = CurveGuard.Protect(router, Server, [Client]);
        return IsHeard(router, client, serverKey, patience);
    }

    private static bool IsHeard(RouterSocket router, NetMQCertificate? client, byte[]? serverKey, TimeSpan? patience = null)
    {
        using var dealer = new DealerSocket();
        if (client is not null)
        {
            dealer.Options.CurveCertificate = client;
            dealer.Options.CurveServerKey = serverKey;
        }
        dealer.Connect(Connected.Bind(router));
        dealer.SendFrame([42]);
        return router.TryReceiveFrameBytes(patience ?? Wait.Silence * 2, out _);
    }
}
