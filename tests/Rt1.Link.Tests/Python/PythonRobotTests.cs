using System.Numerics;
using System.Text;
using NetMQ;
using NetMQ.Sockets;
using Rt1.Core;

namespace Rt1.Link.Tests;

/// <summary>Drives scripts/robot_example.py, a robot written from docs/protocol.md alone.</summary>
public sealed class PythonRobotTests : IDisposable
{
    private PythonRobot? _robot;

    [Fact]
    public void PythonRobot_FullSession_MovesAsCommandedAndStops()
    {
        using (var client = Connect())
        {
            Assert.Equal("point", client.Description.Name);
            Assert.Equal((48, 64), (client.Description.ImageHeight, client.Description.ImageWidth));
            var before = client.ReadState();
            var frame = client.Next(Now, TimeSpan.FromSeconds(10));
            Assert.Equal((64, 48), (frame!.Width, frame.Height));

            var start = Soon;
            var reply = client.Send(Arm(start, new Vector3(0.03f, -0.02f, 0.01f)));

            Assert.Equal(ReplyStatus.Accepted, reply.Status);
            var after = client.Next(start + TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(10))!.State!;
            var moved = after.EndEffectorPosition - before.EndEffectorPosition;
            Assert.True((moved - new Vector3(0.03f, -0.02f, 0.01f)).Length() < 1e-5f, $"it moved by {moved}");
            Assert.False(after.IsMoving);
            client.Stop("that will do");
        }
        _robot!.WaitFor("stopped: that will do");
        _robot.WaitFor("gave the lease back");
    }

    [Fact]
    public void PythonRobot_Rotation_TurnsAboutTheBaseFramesAxes()
    {
        using var client = Connect();
        var start = Soon;

        client.Send(Arm(start, default) with { Action = new() { Mode = ControlMode.Arm, RotationDelta = new Vector3(0.1f, 0.2f, 0.3f) } });

        var after = client.Next(start + TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(10))!.State!.EndEffectorOrientation;
        var expected = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.3f) * Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.2f)
            * Quaternion.CreateFromAxisAngle(Vector3.UnitX, 0.1f);
        Assert.Equal(1, MathF.Abs(Quaternion.Dot(expected, after)), 1e-5f);
    }

    /// <summary>As at 20 Hz with a latency of 100 ms: the next command is there before the last one starts.</summary>
    [Fact]
    public void PythonRobot_TwoCommandsWaiting_CarriesOutBoth()
    {
        using var client = Connect();
        var (before, start) = (client.ReadState(), Soon);

        client.Send(Arm(start, new Vector3(0.03f, 0, 0)));
        client.Send(Arm(start + TimeSpan.FromMilliseconds(100), new Vector3(0, 0.02f, 0)));

        var after = client.Next(start + TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10))!.State!;
        var moved = after.EndEffectorPosition - before.EndEffectorPosition;
        Assert.True((moved - new Vector3(0.03f, 0.02f, 0)).Length() < 1e-5f, $"it moved by {moved}");
    }

    [Fact]
    public void PythonRobot_BeyondItsLimits_Clamps()
    {
        using var client = Connect();

        var reply = client.Send(Arm(Soon, new Vector3(5, 0, 0)));

        Assert.Equal(ReplyStatus.Clamped, reply.Status);
        Assert.Equal(0.1f, reply.Applied!.WorldVector.X, 1e-6f);
    }

    [Fact]
    public void PythonRobot_LateCommand_IsRefused()
    {
        using var client = Connect();

        Assert.StartsWith("late", client.Send(Arm(Now - TimeSpan.FromSeconds(1), default)).Reason);
    }

    [Fact]
    public void PythonRobot_EmergencyStop_LatchesUntilReset()
    {
        using var client = Connect();

        Assert.True(client.EmergencyStop("test").IsEmergencyStopped);
        Assert.StartsWith("emergency_stopped", client.Send(Arm(Soon, default)).Reason);
        Assert.False(client.Reset().IsEmergencyStopped);
        Assert.Equal(ReplyStatus.Accepted, client.Send(Arm(Soon, default)).Status);
    }

    [Fact]
    public void PythonRobot_SecondRuntime_IsRefused()
    {
        using var client = Connect();

        Assert.Equal(LinkFault.LeaseHeld, Assert.Throws<LinkException>(() => Connect()).Fault);
    }

    [Fact]
    public void PythonRobot_WithASharedKey_DemandsIt()
    {
        var security = new LinkSecurity { SharedKey = "00112233445566778899aabbccddeeff" };
        using (var client = Connect(security, "--shared-key", security.SharedKey))
        {
            Assert.Equal(ReplyStatus.Accepted, client.Send(Arm(Soon, default)).Status);
            Assert.NotNull(client.Next(Now, TimeSpan.FromSeconds(10)));
        }

        Assert.Equal(LinkFault.KeyMismatch, Assert.Throws<LinkException>(() => Connect()).Fault);
    }

    [Fact]
    public void PythonRobot_RuntimeVanishes_StopsByItself()
    {
        var codec = new MessageCodec(new MessageSeal(null));
        _robot = PythonRobot.Start();
        using (var peer = new DealerSocket($">{_robot.Endpoint}"))
        {
            var session = Assert.IsType<LeaseReply>(Ask(new AcquireRequest { Client = "doomed" })).Session;
            Assert.IsType<AcceptedReply>(Ask(new CommandRequest
            {
                Session = session,
                Sequence = 1,
                StartAtUs = Ask(new StateRequest()).ClockUs + 200_000,
                PeriodUs = 1_000_000,
                TimeToLiveUs = 500_000,
                Action = ActionMessage.From(Arm(default, Vector3.UnitX).Action) with { WorldVector = [0.05f, 0, 0] },
            }));

            Reply Ask(Request request)
            {
                peer.SendFrame(codec.Encode(request));
                Assert.True(peer.TryReceiveFrameBytes(Wait.Limit, out var bytes), "no reply");
                return codec.Decode<Reply>(bytes);
            }
        }

        _robot.WaitFor("stopped: no command came within the last one's time to live");
        _robot.WaitFor("the lease of 'doomed' ran out");
        using var client = Connect();
        Assert.InRange(client.ReadState().EndEffectorPosition.X, 0.401f, 0.44f);
    }

    [Fact]
    public void PythonRobot_Noise_SurvivesAndDoesNotMove()
    {
        var codec = new MessageCodec(new MessageSeal(null));
        var random = new Random(3);
        _robot = PythonRobot.Start();
        using (var peer = new DealerSocket($">{_robot.Endpoint}"))
        {
            peer.SendFrame("""{"type":"acquire","client":"noisy"}""");
            var session = Assert.IsType<LeaseReply>(codec.Decode<Reply>(peer.ReceiveFrameBytes())).Session;
            byte[][] seeds =
            [
                Encoding.UTF8.GetBytes($$"""{"type":"command","id":1,"session":"{{session}}","sequence":Infinity,"start_at_us":1,"period_us":1,"time_to_live_us":1,"action":[]}"""),
                Encoding.UTF8.GetBytes($$"""{"type":"command","id":1,"session":"{{session}}","sequence":1,"start_at_us":1,"period_us":100000,"time_to_live_us":9,"action":7}"""),
                codec.Encode<Request>(new HelloRequest { Protocol = 1 }),
            ];
            for (var i = 0; i < 500; i++)
            {
                peer.SendFrame(i < seeds.Length ? seeds[i] : Noise.From(random, seeds[random.Next(seeds.Length)]));
                Assert.True(peer.TryReceiveFrameBytes(Wait.Limit, out _), "no reply");
            }
        }

        using var client = Connect();
        Assert.Equal(new Vector3(0.4f, 0, 0.3f), client.ReadState().EndEffectorPosition);
    }

    /// <summary>A name that is JSON but no Unicode text: the robot must not fail at printing it.</summary>
    [Fact]
    public void PythonRobot_NameThatCannotBePrinted_IsGrantedTheLease()
    {
        var codec = new MessageCodec(new MessageSeal(null));
        _robot = PythonRobot.Start();
        using (var peer = new DealerSocket($">{_robot.Endpoint}"))
        {
            peer.SendFrame("""{"type":"acquire","id":1,"client":"\ud800"}""");
            Assert.True(peer.TryReceiveFrameBytes(Wait.Limit, out var bytes), "no reply");
            Assert.IsType<LeaseReply>(codec.Decode<Reply>(bytes));
        }

        _robot.WaitFor("ran out");
        using var client = Connect();
    }

    public void Dispose() => _robot?.Dispose();

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    /// <summary>A start that even a busy machine meets.</summary>
    private static TimeSpan Soon => Now + TimeSpan.FromMilliseconds(300);

    private static RobotCommand Arm(TimeSpan start, Vector3 translation) => new()
    {
        Action = new RobotAction { Mode = ControlMode.Arm, WorldVector = translation },
        StartAt = start,
        Duration = TimeSpan.FromMilliseconds(100),
        TimeToLive = TimeSpan.FromSeconds(1.5),
    };

    private RobotClient Connect(LinkSecurity? security = null, params string[] arguments)
    {
        _robot ??= PythonRobot.Start(arguments);
        return RobotClient.Connect(new()
        {
            Endpoint = _robot.Endpoint,
            ReplyTimeout = TimeSpan.FromSeconds(2),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            Security = security ?? new(),
        });
    }
}
