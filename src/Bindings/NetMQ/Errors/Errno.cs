using NetMQ;

namespace Rt1.Bindings.Zmq;

/// <summary>Error numbers as Linux and libzmq give them.</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NotSupported = 95;
    public const int ContextTerminated = 156384765;

    /// <summary>NetMQ's name for the error; null when it has none.</summary>
    public static ErrorCode? ToErrorCode(int errno) => errno switch
    {
        2 => ErrorCode.EndpointNotFound,
        TryAgain => ErrorCode.TryAgain,
        13 => ErrorCode.AccessDenied,
        14 => ErrorCode.Fault,
        19 or 99 => ErrorCode.AddressNotAvailable,
        22 => ErrorCode.Invalid,
        24 => ErrorCode.TooManyOpenSockets,
        90 => ErrorCode.MessageSize,
        93 => ErrorCode.ProtocolNotSupported,
        97 => ErrorCode.AddressFamilyNotSupported,
        98 => ErrorCode.AddressAlreadyInUse,
        100 => ErrorCode.NetworkDown,
        101 => ErrorCode.NetworkUnreachable,
        102 => ErrorCode.NetworkReset,
        103 => ErrorCode.ConnectionAborted,
        104 => ErrorCode.ConnectionReset,
        105 => ErrorCode.NoBufferSpaceAvailable,
        107 => ErrorCode.NotConnected,
        110 => ErrorCode.TimedOut,
        111 => ErrorCode.ConnectionRefused,
        113 => ErrorCode.HostUnreachable,
        115 => ErrorCode.InProgress,
        156384763 => ErrorCode.FiniteStateMachine,
        ContextTerminated => ErrorCode.ContextTerminated,
        156384766 => ErrorCode.EmptyThread,
        _ => null,
    };
}
