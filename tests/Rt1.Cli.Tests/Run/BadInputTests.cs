using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using Rt1.Testing;

namespace Rt1.Cli.Tests.Run;

/// <summary>What a user gets wrong ends in one line that names it, and never in a stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly MiniRuntime _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData("control.rate_h=5", "control.rate_h", "did you mean 'rate_hz'")]
    [InlineData("control.rate_hz=fast", "--set control.rate_hz=fast", "number")]
    [InlineData("control.rate_hz=0", "control.rate_hz", "0")]
    [InlineData("control.time_to_live_ms=100", "time_to_live_ms", "latency_ms")]
    [InlineData("policy.bank=nowhere.safetensors", "nowhere.safetensors", "")]
    [InlineData("robot.endpoint=localhost", "localhost", "tcp://")]
    [InlineData("recording.jpeg_quality=101", "recording.jpeg_quality", "101")]
    [InlineData("nonsense", "--set nonsense", "KEY=VALUE")]
    public void Run_WrongSetting_NamesIt(string setting, string name, string remedy) =>
        AssertFault(_runtime.Run("tcp://127.0.0.1:9", "--instruction", MiniRuntime.Instruction, "--set", setting), name, remedy);

    [Fact]
    public void Run_SeveralFaultsInTheConfig_OneLineEach()
    {
        var end = _runtime.Run("tcp://127.0.0.1:9", "--set", "control.rate=5", "--set", "recording.jpeg_quality=0");

        Assert.Equal(1, end.ExitCode);
        Assert.Equal(2, end.Faults.Count());
        Assert.Equal(end.Faults, end.Errors);
    }

    [Fact]
    public void Run_MissingConfig_NamesTheFile() =>
        AssertFault(Rt1Process.Run("run", "--config", _runtime["absent.yaml"], "--instruction", "x"), "absent.yaml");

    [Fact]
    public void Run_NoConfig_NamesTheOption() => AssertFault(Rt1Process.Run("run"), "--config");

    [Fact]
    public void Run_UnknownOption_NamesIt() => AssertFault(Rt1Process.Run("run", "--config", _runtime.Config, "--instructions", "x"), "--instructions");

    [Fact]
    public void Run_StepsWithoutInstruction_SaysSo() => AssertFault(_runtime.Run("tcp://127.0.0.1:9", "--steps", "3"), "--steps", "--instruction");

    [Fact]
    public void Run_MissingCheckpoint_NamesTheFolder()
    {
        File.WriteAllText(_runtime["checkpoint.yaml"], "policy: { checkpoint: nothing-here }\nrobot: { endpoint: tcp://127.0.0.1:9 }");

        AssertFault(Rt1Process.Run("run", "--config", _runtime["checkpoint.yaml"], "--instruction", "x"), "nothing-here");
    }

    [Fact]
    public void Run_NobodyAnswers_NamesTheEndpoint()
    {
        var endpoint = $"tcp://127.0.0.1:{FreePort()}";

        AssertFault(_runtime.Run(endpoint, "--instruction", MiniRuntime.Instruction, "--set", "robot.link.connect_timeout_ms=300"), endpoint, "start the robot");
    }

    [Fact]
    public void Run_RobotOfAnotherVersion_NamesBoth()
    {
        using var socket = new RouterSocket();
        var endpoint = $"tcp://127.0.0.1:{socket.BindRandomPort("tcp://127.0.0.1")}";
        using var poller = new NetMQPoller { socket };
        socket.ReceiveReady += (_, _) => AnswerAsVersion2(socket);
        poller.RunAsync();

        AssertFault(_runtime.Run(endpoint, "--instruction", MiniRuntime.Instruction), endpoint, "protocol 2");
    }

    [Theory]
    [InlineData("/dev/video99", "/dev/video99")]
    [InlineData("no-such-video.mp4", "no-such-video.mp4")]
    [InlineData("", "camera")]
    public void Run_CameraThatDoesNotOpen_NamesIt(string source, string name)
    {
        using var robot = new RecordingRobot();

        AssertFault(_runtime.Run(robot.Endpoint, "--instruction", MiniRuntime.Instruction, "--set", $"camera.source={source}"), name);
        Assert.Empty(robot.Moves);
    }

    [Fact]
    public void Run_FramesOfAnotherSize_NamesBoth()
    {
        using var robot = new RecordingRobot(imageSize: 64);

        AssertFault(_runtime.Run(robot.Endpoint, "--instruction", MiniRuntime.Instruction), "192×192", "64×64");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("make me a coffee", "'make me a coffee'")]
    public void Run_InstructionThatIsNone_RobotNeverMoves(string instruction, string name)
    {
        using var robot = new RecordingRobot();

        AssertFault(_runtime.Run(robot.Endpoint, "--instruction", instruction), name, MiniRuntime.Instruction);
        AssertFault(_runtime.Run(robot.Endpoint, "--instruction", instruction, "--steps", "3"), name, MiniRuntime.Instruction);
        Assert.Empty(robot.Moves);
        Assert.Empty(_runtime.Recordings);
    }

    [Fact]
    public void Run_RobotOwnedByAnother_NamesTheOwner()
    {
        using var robot = new RecordingRobot();
        using var first = _runtime.Start(robot.Endpoint, "--instruction", MiniRuntime.Instruction, "--steps", "10000");
        Wait.Until(() => robot.Moves.Count > 0, TimeSpan.FromSeconds(60), "a command");

        AssertFault(_runtime.Run(robot.Endpoint, "--instruction", MiniRuntime.Instruction), robot.Endpoint, "lease");
        Assert.False(first.HasExited);
    }

    [Fact]
    public void Run_CudaWithoutOne_SaysSo()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "this machine has a CUDA device");

        AssertFault(_runtime.Run("tcp://127.0.0.1:9", "--instruction", MiniRuntime.Instruction, "--device", "cuda"), "--device cuda", "--device cpu");
    }

    [Fact]
    public void SimServe_PortInUse_NamesIt()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var endpoint = $"tcp://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        AssertFault(Rt1Process.Run("sim", "serve", "--config", Repository.File("configs", "robots", "simulated.yaml"), "--set", $"endpoint={endpoint}"),
            endpoint, "in use");
    }

    [Fact]
    public void Replay_NoEpisode_NamesTheFolder() =>
        AssertFault(Rt1Process.Run("replay", _runtime["nothing"], "--out", _runtime["video.mp4"]), "nothing", "no recorded episode");

    private static void AssertFault(Outcome end, params string[] parts)
    {
        var fault = end.Fault();
        Assert.All(parts, part => Assert.Contains(part, fault));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void AnswerAsVersion2(RouterSocket socket)
    {
        var request = socket.ReceiveMultipartMessage();
        var reply = new JsonObject
        {
            ["type"] = "refused",
            ["id"] = (long)JsonNode.Parse(Encoding.UTF8.GetString(request.Last.Buffer))!["id"]!,
            ["clock_us"] = 1,
            ["code"] = "unsupported_protocol",
            ["reason"] = "this robot speaks protocol 2.",
            ["protocol"] = 2,
        };
        socket.SendMoreFrame(request.First.Buffer).SendFrame(Encoding.UTF8.GetBytes(reply.ToJsonString()));
    }
}
