using Rt1.Testing;

namespace Rt1.Cli.Tests;

/// <summary><c>rt1 sim serve</c> at a free port, with frames of the small network's size.</summary>
internal sealed class SimulatedRobotProcess : IDisposable
{
    public SimulatedRobotProcess(params string[] arguments)
    {
        Process = Rt1Process.Start(["sim", "serve", "--config", Repository.File("configs", "robots", "simulated.yaml"), .. arguments,
            "--set", "endpoint=tcp://127.0.0.1:0", "--set", $"simulation.image_height={MiniRuntime.ImageSize}",
            "--set", $"simulation.image_width={MiniRuntime.ImageSize}", "--set", "simulation.frame_rate_hz=4"]);
        var line = Process.WaitForError(l => l.StartsWith("Robot '", StringComparison.Ordinal), "the robot's endpoint");
        Endpoint = line.Split(' ').First(word => word.StartsWith("tcp://", StringComparison.Ordinal)).TrimEnd(',');
    }

    public Rt1Process Process { get; }

    public string Endpoint { get; }

    public void Dispose() => Process.Dispose();
}
