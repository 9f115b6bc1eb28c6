namespace Rt1.Link.Tests;

public class LinkSecurityTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1:5555", true)]
    [InlineData("tcp://localhost:0", true)]
    [InlineData("tcp://127.8.9.1:80", true)]
    [InlineData("tcp://0.0.0.0:5555", false)]
    [InlineData("tcp://*:5555", false)]
    [InlineData("tcp://robot.example:5555", false)]
    public void Endpoint_Host_IsLoopbackOrNot(string text, bool loopback) => Assert.Equal(loopback, LinkEndpoint.Parse(text).IsLoopback);

    [Theory]
    [InlineData("127.0.0.1:5555")]
    [InlineData("tcp://127.0.0.1")]
    [InlineData("tcp://:5555")]
    [InlineData("tcp://127.0.0.1:70000")]
    [InlineData("tcp://127.0.0.1:-1")]
    [InlineData("ipc:///tmp/robot")]
    [InlineData("")]
    public void Endpoint_Malformed_IsRefused(string text) =>
        Assert.Equal(LinkFault.BadConfiguration, Assert.Throws<LinkException>(() => LinkEndpoint.Parse(text)).Fault);

    [Fact]
    public void Server_BeyondLoopbackWithoutCurve_IsRefused()
    {
        var e = Assert.Throws<LinkException>(() => new RobotServer(new FakeDriver(), new() { Endpoint = "tcp://0.0.0.0:0" }));

        Assert.Equal(LinkFault.Insecure, e.Fault);
        Assert.Contains("needs CURVE keys (link.secret_key and link.allowed_clients); or use 127.0.0.1", e.Message);
    }

    [Fact]
    public void Client_BeyondLoopbackWithoutCurve_IsRefused() => Assert.Equal(LinkFault.Insecure,
        Assert.Throws<LinkException>(() => RobotClient.Connect(new() { Endpoint = "tcp://192.0.2.1:5555" })).Fault);

    [Theory]
    [InlineData("00112233")]
    [InlineData("not hexadecimal")]
    public void SharedKey_ShortOrNotHex_IsRefused(string key) => Assert.Equal(LinkFault.BadConfiguration,
        Assert.Throws<LinkException>(() => new RobotServer(new FakeDriver(), Options(new() { SharedKey = key }))).Fault);

#if RT1_SYSTEM_BINDINGS
    [Fact]
    public void SecretKey_NotZ85_IsRefusedByName()
    {
        var e = Assert.Throws<LinkException>(() => new RobotServer(new FakeDriver(), Options(new() { SecretKey = "short" })));

        Assert.StartsWith("link.secret_key: must be a CURVE key of 40 characters (Z85)", e.Message);
    }

    [Fact]
    public void Curve_ServerKeyMissingOnTheRuntime_IsRefusedByName()
    {
        var e = Assert.Throws<LinkException>(() => RobotClient.Connect(new() { Security = new() { SecretKey = LinkSecurity.NewKeyPair().SecretKey } }));

        Assert.StartsWith("link.server_key", e.Message);
    }
#else
    [Fact]
    public void Curve_WithNuGetsNetMQ_IsRefused() => Assert.Equal(LinkFault.Insecure, Assert.Throws<LinkException>(() =>
        new RobotServer(new FakeDriver(), Options(new() { SecretKey = LinkSecurity.NewKeyPair().SecretKey }))).Fault);
#endif

    private static RobotServerOptions Options(LinkSecurity security) => new() { Endpoint = "tcp://127.0.0.1:0", Security = security };
}
