using System.Diagnostics;
using Rt1.Testing;

namespace Rt1.Link.Tests;

/// <summary>scripts/robot_example.py as a process of its own, on a free port.</summary>
internal sealed class PythonRobot : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private PythonRobot(params string[] arguments)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Python, [Repository.File("scripts", "robot_example.py"), "--endpoint", "tcp://127.0.0.1:0", .. arguments])
            {
                RedirectStandardOutput = true,
            },
        };
        _process.OutputDataReceived += (_, e) =>
        {
            lock (_lines)
                _lines.Add(e.Data ?? "it ended");
        };
        _process.Start();
        _process.BeginOutputReadLine();
    }

    public string Endpoint { get; private set; } = "";

    /// <summary>Skips the test where Python or pyzmq is missing.</summary>
    public static PythonRobot Start(params string[] arguments)
    {
        Assert.SkipUnless(HasZmq(), $"needs {Python} with pyzmq (Debian: python3-zmq)");
        var robot = new PythonRobot(arguments);
        try
        {
            robot.Endpoint = robot.WaitFor("listening at ")["listening at ".Length..];
            return robot;
        }
        catch
        {
            robot.Dispose();
            throw;
        }
    }

    /// <summary>The first line it printed that holds <paramref name="text"/>.</summary>
    public string WaitFor(string text)
    {
        string? found = null;
        Wait.Until(() => (found = Lines().FirstOrDefault(line => line.Contains(text))) is not null, $"'{text}' from {Python}");
        return found!;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private List<string> Lines()
    {
        lock (_lines)
            return [.. _lines];
    }

    private static bool HasZmq()
    {
        if (!File.Exists(Python))
            return false;
        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import zmq"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
