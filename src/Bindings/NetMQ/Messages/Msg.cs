using System.Buffers;

namespace NetMQ;

/// <summary>What a <see cref="Msg"/> holds.</summary>
public enum MsgType : byte
{
    Uninitialised = 0,
    Empty = 101,
    GC = 102,
    Pool = 103,
}

/// <summary>
/// One frame's bytes, for sending and receiving without allocation: the buffer comes from a pool and goes back on
/// <see cref="Close"/>. Initialise before use, close after; a copy of the struct shares the buffer.
/// </summary>
public struct Msg
{
    private byte[]? _buffer;
    private int _offset;

    /// <summary>Bytes in the frame.</summary>
    public int Size { readonly get; private set; }

    public MsgType MsgType { readonly get; private set; }

    /// <summary>Whether more frames of the same message follow.</summary>
    public bool HasMore { readonly get; internal set; }

    public readonly bool IsInitialised => MsgType != MsgType.Uninitialised;

    public void InitEmpty() => this = new Msg { MsgType = MsgType.Empty };

    /// <summary>Takes a pooled buffer; its contents are undefined.</summary>
    public void InitPool(int size) => this = new Msg { MsgType = MsgType.Pool, _buffer = ArrayPool<byte>.Shared.Rent(size), Size = size };

    /// <summary>Uses the caller's array without a copy.</summary>
    public void InitGC(byte[] data, int size) => InitGC(data, 0, size);

    /// <inheritdoc cref="InitGC(byte[], int)"/>
    public void InitGC(byte[] data, int offset, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + (long)size, data.Length, nameof(size));
        this = new Msg { MsgType = MsgType.GC, _buffer = data, _offset = offset, Size = size };
    }

    /// <summary>The frame's bytes; valid until <see cref="Close"/>.</summary>
    public readonly Span<byte> Slice() => _buffer.AsSpan(_offset, Size);

    /// <inheritdoc cref="Slice()"/>
    public readonly Memory<byte> SliceAsMemory() => _buffer.AsMemory(_offset, Size);

    /// <summary>A copy of the bytes.</summary>
    public readonly byte[] ToArray() => Slice().ToArray();

    /// <summary>Gives the buffer back.</summary>
    /// <exception cref="NetMQException">The frame is not initialised.</exception>
    public void Close()
    {
        if (!IsInitialised)
            throw NetMQException.Create("Cannot close an uninitialised Msg.", ErrorCode.Fault);
        if (MsgType == MsgType.Pool)
            ArrayPool<byte>.Shared.Return(_buffer!);
        this = default;
    }
}
