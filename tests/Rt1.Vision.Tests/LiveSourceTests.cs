#if RT1_SYSTEM_BINDINGS // the FFmpeg inside the OpenCvSharp package is built without network protocols
using System.Net;
using System.Net.Sockets;
using System.Text;
using Rt1.Core;

namespace Rt1.Vision.Tests;

/// <summary>A live source against a real network stream: motion JPEG over HTTP, served from this process.</summary>
public sealed class LiveSourceTests
{
    private static readonly FrameSourceOptions Quick = new() { StreamTimeout = TimeSpan.FromSeconds(10) };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void Stream_Open_GivesFramesTakenAfterTheAskedTime()
    {
        using var server = new MotionJpegServer();
        using var source = FrameSources.Open(server.Url, Quick, TimeProvider.System);
        var first = source.Next(TimeSpan.Zero, Patience)!;
        var later = source.Next(first.CapturedAt + TimeSpan.FromTicks(1), Patience)!;
        Assert.Equal((48, 64), (later.Height, later.Width));
        Assert.True(later.CapturedAt > first.CapturedAt);
        Assert.True(later.Sequence > first.Sequence);
    }

    [Fact]
    public void Stream_NotRead_IsDrainedToTheNewestFrame()
    {
        using var server = new MotionJpegServer();
        using var source = FrameSources.Open(server.Url, Quick, TimeProvider.System);
        var first = source.Next(TimeSpan.Zero, Patience)!;
        Assert.True(SpinWait.SpinUntil(() => source.Next(TimeSpan.Zero, Patience)!.Sequence > first.Sequence + 2, Patience));
    }

    [Fact]
    public void Stream_NothingNewInTime_IsNull()
    {
        using var server = new MotionJpegServer();
        using var source = FrameSources.Open(server.Url, Quick, TimeProvider.System);
        var future = TimeProvider.System.GetElapsedTime(0) + TimeSpan.FromHours(1);
        Assert.Null(source.Next(future, TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public void Stream_CancelledWhileWaiting_Throws()
    {
        using var server = new MotionJpegServer();
        using var source = FrameSources.Open(server.Url, Quick, TimeProvider.System);
        using var cancellation = new CancellationTokenSource(50);
        var future = TimeProvider.System.GetElapsedTime(0) + TimeSpan.FromHours(1);
        Assert.ThrowsAny<OperationCanceledException>(() => source.Next(future, TimeSpan.FromHours(1), cancellation.Token));
    }

    [Fact]
    public void Stream_ServerGoesAway_SaysSo()
    {
        var server = new MotionJpegServer();
        using var source = FrameSources.Open(server.Url, Quick, TimeProvider.System);
        server.Dispose();
        var future = TimeProvider.System.GetElapsedTime(0) + TimeSpan.FromHours(1);
        var e = Assert.Throws<FrameSourceException>(() => source.Next(future, TimeSpan.FromSeconds(30)));
        Assert.Contains("stopped giving frames", e.Message);
    }

    [Fact]
    public void Stream_NobodyThere_IsOneLineWithoutThePassword()
    {
        var port = FreePort();
        var e = Assert.Throws<FrameSourceException>(() =>
            FrameSources.Open($"http://me:secret@127.0.0.1:{port}/cam", Quick, TimeProvider.System));
        Assert.StartsWith($"stream 'http://127.0.0.1:{port}/cam': does not open", e.Message);
    }

    [Fact]
    public void Stream_FramesOfAnotherSize_NamesBoth()
    {
        using var server = new MotionJpegServer();
        var e = Assert.Throws<FrameShapeException>(() =>
            FrameSources.Open(server.Url, Quick with { Height = 256, Width = 320 }, TimeProvider.System));
        Assert.Equal((48, 64), e.Got);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Serves one client at a time: an endless motion JPEG at some 50 frames a second.</summary>
    private sealed class MotionJpegServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _serving;

        public MotionJpegServer()
        {
            _listener.Start();
            _serving = Task.Run(Serve);
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/camera.mjpg";

        public void Dispose()
        {
            _stop.Cancel();
            _listener.Stop();
            _serving.Wait();
        }

        private async Task Serve()
        {
            var jpeg = ImageCodec.EncodeJpeg(TestImages.Gradient());
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    var stream = client.GetStream();
                    using var request = new StreamReader(stream);
                    while (await request.ReadLineAsync(_stop.Token) is { Length: > 0 })
                    {
                    }
                    await Send(stream, "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=f\r\n\r\n");
                    while (true)
                    {
                        await Send(stream, $"--f\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n");
                        await stream.WriteAsync(jpeg, _stop.Token);
                        await Send(stream, "\r\n");
                        await Task.Delay(20, _stop.Token);
                    }
                }
                catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
                {
                }
            }
        }

        private Task Send(NetworkStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token).AsTask();
    }
}
#endif
