using System.Collections.Concurrent;
using System.Text.Json;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>Writes one episode from a thread of its own. <see cref="Add"/> and <see cref="Complete"/> belong to one other thread.</summary>
internal sealed class EpisodeWriter : IDisposable
{
    private readonly string _folder;
    private readonly RecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly FileStream _steps;
    private readonly BlockingCollection<EpisodeStep> _queue;
    private readonly CancellationTokenSource _failed = new();
    private readonly Thread _thread;
    private volatile RecordingException? _fault;
    private int _written;
    private int _stalls;
    private TimeSpan _stalled;

    /// <exception cref="RecordingException">The folder cannot be made or written.</exception>
    public EpisodeWriter(string folder, EpisodeHeader header, string? config, RecorderOptions options, TimeProvider time)
    {
        (_folder, _options, _time) = (folder, options, time);
        _queue = new BlockingCollection<EpisodeStep>(options.QueueCapacity);
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, EpisodeFormat.FrameFolder));
            var writtenBy = $"Rt1 {typeof(EpisodeWriter).Assembly.GetName().Version?.ToString(3)}";
            Write(EpisodeFormat.ManifestFile, Line(ManifestRecord.From(header, time.GetElapsedTime(0), writtenBy)));
            if (config is not null)
                File.WriteAllText(Path.Combine(folder, EpisodeFormat.ConfigFile), config);
            // Unbuffered: a line is one write, which a killed process leaves either done or not.
            _steps = new FileStream(Path.Combine(folder, EpisodeFormat.StepsFile), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(folder, $"cannot be written ({e.Message}); choose another recording.folder.", e);
        }
        _thread = new Thread(WriteSteps) { IsBackground = true, Name = "episode writer" };
        _thread.Start();
    }

    /// <summary>Hands a step to the writing thread; waits, counted, while the queue is full.</summary>
    /// <exception cref="RecordingException">An earlier step could not be written, or the disk does not keep up.</exception>
    public void Add(EpisodeStep step)
    {
        if (_fault is not null)
            throw _fault;
        if (_queue.TryAdd(step))
            return;
        var start = _time.GetTimestamp();
        var added = AddWithin(_options.StallLimit, step);
        _stalls++;
        _stalled += _time.GetElapsedTime(start);
        if (_fault is not null)
            throw _fault;
        if (!added)
        {
            throw new RecordingException(_folder,
                $"the disk is {_options.QueueCapacity} steps behind and took none for {_options.StallLimit.TotalSeconds:0.##} s; record to a faster one.");
        }
    }

    /// <summary>Writes what is pending, then the end.</summary>
    /// <exception cref="RecordingException">Something could not be written.</exception>
    public void Complete(EpisodeEnd end)
    {
        Finish();
        if (_fault is not null)
            throw _fault;
        try
        {
            _steps.Flush(flushToDisk: true);
            var record = new EndRecord
            {
                Outcome = end.Outcome,
                Reason = end.Reason,
                Steps = _written,
                Stalls = _stalls,
                StalledUs = EpisodeFormat.ToMicroseconds(_stalled),
            };
            Write(EpisodeFormat.EndFile, Line(record));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(_folder, $"its end could not be written: {e.Message}", e);
        }
    }

    /// <summary>Writes what is pending.</summary>
    public void Dispose()
    {
        Finish();
        _steps.Dispose();
        _queue.Dispose();
        _failed.Dispose();
    }

    private void Finish()
    {
        _queue.CompleteAdding();
        _thread.Join();
    }

    private bool AddWithin(TimeSpan limit, EpisodeStep step)
    {
        try
        {
            return _queue.TryAdd(step, (int)limit.TotalMilliseconds, _failed.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void WriteSteps()
    {
        foreach (var step in _queue.GetConsumingEnumerable())
        {
            try
            {
                if (step.Observation is { } seen)
                    Write(EpisodeFormat.FramePath(step.Index), ImageCodec.ToJpeg(seen.Image, _options.JpegQuality).Span);
                _steps.Write(Line(StepRecord.From(step)));
                _written++;
            }
            catch (Exception e)
            {
                _fault = new RecordingException(_folder, $"step {step.Index} could not be written: {e.Message}", e);
                _failed.Cancel();
                return;
            }
        }
    }

    private void Write(string file, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(Path.Combine(_folder, file), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Write(content);
    }

    private static byte[] Line<T>(T record) => [.. JsonSerializer.SerializeToUtf8Bytes(record, EpisodeFormat.Json), (byte)'\n'];
}
