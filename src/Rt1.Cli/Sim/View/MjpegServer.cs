using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Cli.Sim;

/// <summary>
/// The newest picture as motion JPEG over HTTP, which every browser shows. Loopback only: it asks nobody who they are. Each viewer gets
/// what it can keep up with.
/// </summary>
internal sealed class MjpegServer : IViewOutput
{
    private const int Quality = 85;
    private const string Boundary = "frame";

    /// <summary>A viewer that asks nothing, or takes nothing, for so long is gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener;
    private readonly object _gate = new();
    private byte[] _jpeg = [];
    private long _number;
    private bool _disposed;

    /// <param name="url">E.g. <c>http://127.0.0.1:8080</c>; port 0 takes a free one.</param>
    /// <exception cref="Rt1Exception">It is no loopback URL, or the port is in use.</exception>
    public MjpegServer(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || !uri.IsLoopback)
            throw new Rt1Exception($"--view {url}: a live view is on this machine only; use http://127.0.0.1:PORT.");
        _listener = new TcpListener(IPAddress.Loopback, uri.Port);
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            throw new Rt1Exception($"--view {url}: cannot listen there ({e.Message}); choose another port.", e);
        }
        _ = AcceptAll();
    }

    public string Announcement => $"Live view: http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public void Show(Frame picture)
    {
        var jpeg = ImageCodec.EncodeJpeg(picture, Quality);
        lock (_gate)
        {
            (_jpeg, _number) = (jpeg, _number + 1);
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }
        _listener.Stop();
    }

    private async Task AcceptAll()
    {
        try
        {
            while (true)
            {
                var viewer = await _listener.AcceptTcpClientAsync();
                new Thread(() => Serve(viewer)) { Name = "viewer", IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private void Serve(TcpClient viewer)
    {
        using (viewer)
        {
            viewer.ReceiveTimeout = viewer.SendTimeout = (int)Patience.TotalMilliseconds;
            try
            {
                using var stream = viewer.GetStream();
                if (ReadRequest(stream))
                    Send(stream);
                else
                    Write(stream, "HTTP/1.0 405 Method Not Allowed\r\nAllow: GET\r\n\r\n");
            }
            catch (IOException)
            {
                // The viewer went away.
            }
        }
    }

    private void Send(NetworkStream stream)
    {
        Write(stream, $"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary={Boundary}\r\nCache-Control: no-store\r\n\r\n");
        for (var shown = 0L; Next(ref shown) is { } jpeg;)
        {
            Write(stream, string.Create(CultureInfo.InvariantCulture, $"--{Boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n"));
            stream.Write(jpeg);
            Write(stream, "\r\n");
        }
    }

    /// <summary>A picture that this viewer has not seen; null at the end.</summary>
    private byte[]? Next(ref long shown)
    {
        lock (_gate)
        {
            while (_number == shown && !_disposed)
                Monitor.Wait(_gate);
            shown = _number;
            return _disposed ? null : _jpeg;
        }
    }

    private static bool ReadRequest(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var isGet = reader.ReadLine()?.StartsWith("GET ", StringComparison.Ordinal) ?? false;
        for (var lines = 0; lines < 100 && reader.ReadLine() is { Length: > 0 }; lines++)
        {
        }
        return isGet;
    }

    private static void Write(NetworkStream stream, string text) => stream.Write(Encoding.ASCII.GetBytes(text));
}
