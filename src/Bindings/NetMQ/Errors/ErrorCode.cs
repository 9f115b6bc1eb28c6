namespace NetMQ;

/// <summary>What went wrong, numbered as NetMQ numbers it (not as the operating system does).</summary>
public enum ErrorCode
{
    EndpointNotFound = 2,
    AccessDenied = 13,
    Fault = 14,
    Invalid = 22,
    TryAgain = 35,
    InProgress = 36,
    ProtocolNotSupported = 43,
    AddressAlreadyInUse = 48,
    AddressNotAvailable = 49,
    NetworkDown = 50,
    NoBufferSpaceAvailable = 55,
    NotConnected = 57,
    ConnectionRefused = 61,
    HostUnreachable = 65,
    MessageSize = 156384722,
    AddressFamilyNotSupported = 156384723,
    NetworkUnreachable = 156384724,
    ConnectionAborted = 156384725,
    ConnectionReset = 156384726,
    TimedOut = 156384728,
    NetworkReset = 156384730,
    FiniteStateMachine = 156384763,
    ContextTerminated = 156384765,
    EmptyThread = 156384766,
    TooManyOpenSockets = 156384819,
}
