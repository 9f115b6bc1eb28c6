using System.Numerics;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Rt1.Core;

namespace Rt1.Link.Tests;

public class MessageCodecTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly MessageCodec Plain = new(new MessageSeal(null));
    private static readonly MessageCodec Keyed = new(new MessageSeal(Key));

    private static readonly CommandRequest Command = new()
    {
        Id = 7,
        Session = "5f",
        Sequence = 12,
        FrameSequence = 345,
        StartAtUs = 1,
        PeriodUs = 333_333,
        TimeToLiveUs = 800_000,
        Action = ActionMessage.From(new RobotAction { Mode = ControlMode.Arm, WorldVector = new Vector3(0.1f, -0.2f, 0.3f) }),
    };

    [Fact]
    public void Command_OnTheWire_HasTheNamesOfRt1() => Assert.Equal(
        """
        {"type":"command","sequence":12,"frame_sequence":345,"start_at_us":1,"period_us":333333,"time_to_live_us":800000,
        "action":{"terminate_episode":[0,1,0],"world_vector":[0.1,-0.2,0.3],"rotation_delta":[0,0,0],"gripper_closedness_action":[0],
        "base_displacement_vertical_rotation":[0],"base_displacement_vector":[0,0]},"session":"5f","id":7}
        """.ReplaceLineEndings(""), Encoding.UTF8.GetString(Plain.Encode<Request>(Command)));

    [Fact]
    public void Command_ThereAndBack_IsTheSame()
    {
        var read = Assert.IsType<CommandRequest>(Keyed.Decode<Request>(Keyed.Encode<Request>(Command)));

        Assert.Equal(Command.Action.ToAction(), read.Action.ToAction());
        Assert.Equal(Command with { Action = read.Action }, read);
    }

    [Fact]
    public void Decode_KeysInAnyOrderAndUnknownOnes_IsLenient()
    {
        var read = Plain.Decode<Request>("""{"id":3,"reason":"x","colour":"red","session":"s","type":"stop"}"""u8);

        Assert.Equal(new StopRequest { Id = 3, Reason = "x", Session = "s" }, read);
    }

    [Theory]
    [InlineData("""{"id":3,"type":"dance"}""", 3)]
    [InlineData("""{"id":4}""", 4)]
    [InlineData("""{"id":5,"type":"stop"}""", 5)]
    [InlineData("""{"id":6,"type":"stop","session":null}""", 6)]
    [InlineData("""{"id":"seven","type":"state"}""", 0)]
    [InlineData("""{"id":8,"type":"renew","session":"a","session":"b"}""", 8)]
    [InlineData("""{"id":9,"type":"state"} and more""", 9)]
    [InlineData("[]", 0)]
    [InlineData("null", 0)]
    [InlineData("", 0)]
    [InlineData("{", 0)]
    public void Decode_NotARequest_IsMalformedAndKeepsTheId(string json, long id)
    {
        var e = Assert.Throws<MalformedMessageException>(() => Plain.Decode<Request>(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(RefusalCodes.Malformed, e.Code);
        Assert.Equal(id, e.Id);
    }

    [Fact]
    public void Decode_AnyChangedByte_IsABadMac()
    {
        var message = Keyed.Encode<Request>(new StateRequest { Id = 1 });
        for (var i = 0; i < message.Length; i++)
        {
            message[i] ^= 1;
            Assert.Equal(RefusalCodes.BadMac, Assert.Throws<MalformedMessageException>(() => Keyed.Decode<Request>(message)).Code);
            message[i] ^= 1;
        }
        Keyed.Decode<Request>(message);
        Assert.Throws<MalformedMessageException>(() => Keyed.Decode<Request>(message.AsSpan(0, 31)));
        Assert.Throws<MalformedMessageException>(() => Keyed.Decode<Request>([]));
    }

    /// <summary>HMAC-SHA256 with the key 00 01 … 1f over {"type":"state","id":1}, computed with Python's hmac.</summary>
    [Fact]
    public void Seal_KnownMessage_HasTheKnownMac()
    {
        var message = Keyed.Encode<Request>(new StateRequest { Id = 1 });

        Assert.Equal("""{"type":"state","id":1}""", Encoding.UTF8.GetString(message.AsSpan(32)));
        Assert.Equal("995c1a477de2b6bcfedf0d2cc89e2977b5b2d0629e05336e208b6adefac4e78b", Convert.ToHexStringLower(message.AsSpan(0, 32)));
    }

    [Fact]
    public void Fuzz_MutatedMessages_NeverThrowAnythingElseAndNeverMoveTheRobot()
    {
        var random = new Random(1);
        var driver = new FakeDriver();
        var robot = new RobotSupervisor(driver, new RobotServerOptions(), new FakeTimeProvider());
        byte[][] seeds =
        [
            Plain.Encode<Request>(Command),
            Plain.Encode<Request>(new HelloRequest { Protocol = 1 }),
            Plain.Encode<Request>(new AcquireRequest { Client = "x" }),
            Plain.Encode<Request>(new StopRequest { Session = "y" }),
        ];
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = Noise.From(random, seeds[random.Next(seeds.Length)]);
            Reply reply;
            try
            {
                reply = robot.Handle(Plain.Decode<Request>(bytes));
            }
            catch (MalformedMessageException e)
            {
                reply = robot.Handle(e);
            }
            Plain.Decode<Reply>(Plain.Encode(reply));
        }
        Assert.Empty(driver.Motions);
    }
}
