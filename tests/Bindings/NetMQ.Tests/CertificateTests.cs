public class CertificateTests
{
    [Fact]
    public void Certificate_FromItsSecretKey_HasTheSamePublicKey()
    {
        var pair = new NetMQCertificate();

        Assert.Equal(pair.PublicKey, NetMQCertificate.CreateFromSecretKey(pair.SecretKey!).PublicKey);
        Assert.Equal(pair.PublicKey, NetMQCertificate.CreateFromSecretKey(pair.SecretKeyZ85!).PublicKey);
        Assert.Equal(pair.PublicKeyZ85, new NetMQCertificate(pair.SecretKeyZ85!, pair.PublicKeyZ85).PublicKeyZ85);
    }

    /// <summary>The pair printed in libzmq's zmq_curve manual page.</summary>
    [Fact]
    public void Certificate_ManualPagesPair_Agrees()
    {
        var server = NetMQCertificate.CreateFromSecretKey("JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6");

        Assert.Equal("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", server.PublicKeyZ85);
    }

    [Fact]
    public void Certificate_PublicKeyAlone_HasNoSecret()
    {
        var certificate = NetMQCertificate.FromPublicKey(new NetMQCertificate().PublicKey);

        Assert.False(certificate.HasSecretKey);
        Assert.Null(certificate.SecretKey);
    }

    [Fact]
    public void Certificate_KeyOfWrongLength_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => NetMQCertificate.FromPublicKey(new byte[31]));
        Assert.Throws<ArgumentException>(() => NetMQCertificate.CreateFromSecretKey("too short"));
    }
}
