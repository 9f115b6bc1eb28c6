using System.Collections;
using System.Text;

namespace NetMQ;

/// <summary>A message of one or more frames.</summary>
public class NetMQMessage(int expectedFrameCount = 4) : IEnumerable<NetMQFrame>
{
    private readonly List<NetMQFrame> _frames = new(expectedFrameCount);

    public NetMQMessage(IEnumerable<NetMQFrame> frames) : this() => _frames.AddRange(frames);

    public NetMQMessage(IEnumerable<byte[]> buffers) : this(buffers.Select(b => new NetMQFrame(b))) { }

    public NetMQFrame First => _frames[0];

    public NetMQFrame Last => _frames[^1];

    public bool IsEmpty => _frames.Count == 0;

    public int FrameCount => _frames.Count;

    public NetMQFrame this[int index] => _frames[index];

    public void Append(NetMQFrame frame) => _frames.Add(frame);

    public void Append(byte[] buffer) => Append(new NetMQFrame(buffer));

    public void Append(string message) => Append(new NetMQFrame(message));

    public void Append(string message, Encoding encoding) => Append(new NetMQFrame(message, encoding));

    public void AppendEmptyFrame() => Append(NetMQFrame.Empty);

    /// <summary>Puts the frame in front.</summary>
    public void Push(NetMQFrame frame) => _frames.Insert(0, frame);

    public void Push(byte[] buffer) => Push(new NetMQFrame(buffer));

    public void Push(string message) => Push(new NetMQFrame(message));

    public void PushEmptyFrame() => Push(NetMQFrame.Empty);

    /// <summary>Takes the first frame off.</summary>
    public NetMQFrame Pop()
    {
        var frame = _frames[0];
        _frames.RemoveAt(0);
        return frame;
    }

    public void Clear() => _frames.Clear();

    public IEnumerator<NetMQFrame> GetEnumerator() => _frames.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
