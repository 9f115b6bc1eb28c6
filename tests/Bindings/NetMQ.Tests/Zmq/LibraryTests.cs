using System.Text;
using Rt1.Bindings.Zmq;

public class LibraryTests
{
    [Fact]
    public void Library_OfTheSystem_IsNewEnoughAndHasCurve()
    {
        Assert.True(ZmqLibrary.Version >= new Version(4, 2, 0));
        Assert.True(ZmqLibrary.HasCurve);
    }

    [Fact]
    public void Load_NoSuchLibrary_NamesThePackage()
    {
        var e = Assert.Throws<DllNotFoundException>(() => LibZmq.Load("libno-such-zmq.so.5"));

        Assert.Equal("ZeroMQ: libno-such-zmq.so.5 was not found; install Debian's package libzmq5 (scripts/setup.sh does).", e.Message);
    }

    /// <summary>The example of RFC 32.</summary>
    [Fact]
    public void Z85_ExampleOfTheSpecification_RoundTrips()
    {
        byte[] bytes = [0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B];

        Assert.Equal("HelloWorld", Z85.Encode(bytes));
        Assert.Equal(bytes, Z85.Decode("HelloWorld"u8));
        Assert.Throws<FormatException>(() => Z85.Decode(Encoding.ASCII.GetBytes("Hello Worl")));
        Assert.Throws<FormatException>(() => Z85.Decode("#####"u8));
    }
}
