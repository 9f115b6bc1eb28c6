using System.Diagnostics;
using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>A child process that runs episodes: jobs go in and results come back as lines of JSON. Ends when its input does, or when it is killed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private string _lastWords = "";

    /// <param name="start">The program and its arguments.</param>
    /// <exception cref="Rt1Exception">It cannot be started.</exception>
    public WorkerProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => _lastWords = string.IsNullOrWhiteSpace(line.Data) ? _lastWords : line.Data;
        try
        {
            _process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new Rt1Exception($"an evaluation worker could not be started: {start.FileName}: {e.Message}", e);
        }
        _process.BeginErrorReadLine();
    }

    /// <summary>Has an episode run, and waits for it.</summary>
    /// <exception cref="Rt1Exception">The worker died.</exception>
    public EpisodeResult Run(EpisodeJob job)
    {
        try
        {
            _process.StandardInput.WriteLine(EvaluationJson.Line(job));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Dead(job);
        }
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            // A native library may print something of its own.
            if (line.StartsWith('{'))
                return EvaluationJson.Read<EpisodeResult>(line);
        }
        throw Dead(job);
    }

    /// <summary>Ends it at once; from any thread, and more than once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is dead, and its pipe is broken.
        }
        if (!_process.WaitForExit(TimeToEnd))
            Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private Rt1Exception Dead(EpisodeJob job)
    {
        _process.WaitForExit();
        var words = _lastWords.StartsWith("rt1: ", StringComparison.Ordinal) ? _lastWords[5..] : _lastWords;
        return new Rt1Exception($"an evaluation worker died (exit code {_process.ExitCode}) in suite '{job.Suite}', episode {job.Index}: " +
            (words.Length > 0 ? words : "it left no message; killed from outside, or out of memory? Try fewer --workers."));
    }
}
