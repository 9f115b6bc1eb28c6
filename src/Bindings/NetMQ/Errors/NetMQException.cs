using System.Runtime.InteropServices;
using Rt1.Bindings.Zmq;

namespace NetMQ;

/// <summary>A fault that the messaging library reports; <see cref="ErrorCode"/> says which.</summary>
public class NetMQException : Exception
{
    public NetMQException() { }

    public NetMQException(string? message) : base(message) { }

    public NetMQException(string? message, Exception? innerException) : base(message, innerException) { }

    protected NetMQException(Exception? innerException, string? message, ErrorCode errorCode) : base(message, innerException) =>
        ErrorCode = errorCode;

    public ErrorCode ErrorCode { get; private init; }

    /// <summary>The exception class that stands for the error code.</summary>
    public static NetMQException Create(string? message, ErrorCode errorCode) => errorCode switch
    {
        ErrorCode.AddressAlreadyInUse => new AddressAlreadyInUseException(message),
        ErrorCode.EndpointNotFound => new EndpointNotFoundException(message),
        ErrorCode.ProtocolNotSupported => new ProtocolNotSupportedException(message),
        ErrorCode.HostUnreachable => new HostUnreachableException(null, message),
        ErrorCode.ContextTerminated => new TerminatingException(message),
        ErrorCode.Invalid => new InvalidException(message),
        _ => new NetMQException(message) { ErrorCode = errorCode },
    };

    internal static bool LastErrorWasInterrupt => Marshal.GetLastPInvokeError() == Errno.Interrupted;

    internal static bool LastErrorWasTryAgain => Marshal.GetLastPInvokeError() == Errno.TryAgain;

    /// <summary>The last native call's error, with what it was about in front.</summary>
    internal static Exception FromLastError(string subject)
    {
        var errno = Marshal.GetLastPInvokeError();
        var message = $"{subject}: {Marshal.PtrToStringUTF8(LibZmq.zmq_strerror(errno))}";
        if (errno == Errno.NotSupported)
            return new NotSupportedException(message);
        return Errno.ToErrorCode(errno) is { } code ? Create(message, code) : new NetMQException(message);
    }
}

/// <summary>The address is bound by another socket, here or in another process.</summary>
public class AddressAlreadyInUseException : NetMQException
{
    public AddressAlreadyInUseException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.AddressAlreadyInUse) { }

    public AddressAlreadyInUseException(string? message) : this(null, message) { }
}

/// <summary>Nothing is bound at, or was connected to, the endpoint.</summary>
public class EndpointNotFoundException : NetMQException
{
    public EndpointNotFoundException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.EndpointNotFound) { }

    public EndpointNotFoundException(string? message) : this(null, message) { }
}

/// <summary>An argument or an endpoint is malformed.</summary>
public class InvalidException : NetMQException
{
    public InvalidException(Exception? innerException, string? message) : base(innerException, message, ErrorCode.Invalid) { }

    public InvalidException(string? message) : this(null, message) { }
}

/// <summary>The endpoint's transport is unknown.</summary>
public class ProtocolNotSupportedException : NetMQException
{
    internal ProtocolNotSupportedException(string? message) : base(null, message, ErrorCode.ProtocolNotSupported) { }
}

/// <summary>A mandatory router has no peer of that identity.</summary>
public class HostUnreachableException : NetMQException
{
    internal HostUnreachableException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.HostUnreachable) { }
}

/// <summary>The context was terminated (<see cref="NetMQConfig.Cleanup"/>) while the socket was in use.</summary>
public class TerminatingException : NetMQException
{
    internal TerminatingException(string? message) : base(null, message, ErrorCode.ContextTerminated) { }
}
