namespace Rt1.Bindings.Zmq;

/// <summary>What the system's libzmq is and can do.</summary>
public static class ZmqLibrary
{
    /// <exception cref="DllNotFoundException">libzmq is not installed.</exception>
    public static Version Version
    {
        get
        {
            LibZmq.zmq_version(out var major, out var minor, out var patch);
            return new Version(major, minor, patch);
        }
    }

    /// <summary>True when libzmq was built with CURVE, which every link beyond loopback needs.</summary>
    public static bool HasCurve => LibZmq.zmq_has("curve") == 1;
}
