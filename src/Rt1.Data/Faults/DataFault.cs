using Rt1.Core;

namespace Rt1.Data;

/// <summary>Something in a dataset's files that cannot be used.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Reason">What was expected and what came.</param>
/// <param name="Record">The record's (or episode's) number in the file, from 0; null for a fault of the whole file.</param>
/// <param name="Offset">Where in the file the record starts, bytes.</param>
public sealed record DataFault(string File, string Reason, long? Record = null, long? Offset = null)
{
    public override string ToString() => (Record, Offset) switch
    {
        ({ } record, { } offset) => $"{File}: record {record} at byte {offset}: {Reason}",
        ({ } record, null) => $"{File}: episode {record}: {Reason}",
        _ => $"{File}: {Reason}",
    };
}

/// <summary>A fault that its reader could not pass over; <see cref="Fault"/> says where it lies.</summary>
public sealed class DataFaultException(DataFault fault) : Rt1Exception(fault.ToString())
{
    public DataFault Fault { get; } = fault;
}
