using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>One of the kitchen's drawers, base frame; metres.</summary>
internal sealed class Drawer
{
    private const float Lean = 0.7f;    // of the hand, so that its wrist stays clear of the handles above, radians

    private const float Deep = 0.06f, WideRoom = 0.03f, NarrowRoom = 0.012f;    // of an approach: where its last stretch begins; how far aside it may be, metres

    private readonly Stage _stage;
    private readonly int _joint, _site;

    public Drawer(Stage stage, string name)
    {
        _stage = stage;
        _joint = stage.World.Model.Id(MjObject.Joint, $"drawer_{name}");
        _site = stage.World.Model.Id(MjObject.Site, $"drawer_{name}_handle");
    }

    /// <summary>How far it can open.</summary>
    public float Range => (float)_stage.World.Model.Field<double>("jnt_range")[2 * _joint + 1];

    /// <summary>How far it is open.</summary>
    public float Opening
    {
        get => (float)_stage.World.Data.qpos[_stage.World.Model.Field<int>("jnt_qposadr")[_joint]];
        set
        {
            _stage.World.Data.qpos[_stage.World.Model.Field<int>("jnt_qposadr")[_joint]] = value;
            _stage.World.Data.Forward();
        }
    }

    /// <summary>The middle of the handle's bar.</summary>
    public Vector3 Handle => _stage.ToBase(HandleInWorld).Position;

    public MjPose HandleInWorld => _stage.World.Data.Pose(MjObject.Site, _site);

    /// <summary>The direction in which it opens.</summary>
    public Vector3 Out
    {
        get
        {
            var axis = _stage.World.Data.Field<double>("xaxis").Slice(3 * _joint, 3);
            var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -_stage.Robot.BasePose.Z);
            return Vector3.Transform(new Vector3((float)axis[0], (float)axis[1], (float)axis[2]), turn);
        }
    }

    /// <summary>How the hand is turned to work on it: fingers towards the front and down.</summary>
    public Quaternion HandOrientation(Hand hand)
    {
        var (inwards, yaw) = (-Out, MathF.Atan2(-Out.Y, -Out.X));
        var sideways = Vector3.Cross(Vector3.UnitZ, inwards);
        return Quaternion.CreateFromAxisAngle(sideways, -Lean) * Quaternion.CreateFromAxisAngle(Vector3.UnitZ, yaw) * hand.Waiting;
    }

    /// <summary>The direction in which the leaning fingers point.</summary>
    public Vector3 Fingers => MathF.Sin(Lean) * -Out - MathF.Cos(Lean) * Vector3.UnitZ;

    /// <summary>
    /// The next action towards a point, along a direction from a stand-off before it: sideways first, then straight in.
    /// </summary>
    /// <param name="point">Where the fingers go.</param>
    /// <param name="along">The direction of the last stretch.</param>
    /// <param name="standOff">Its length.</param>
    public RobotAction Approach(Hand hand, Vector3 point, Vector3 along, float standOff)
    {
        var way = point - hand.Position;
        var left = Vector3.Dot(way, along);
        var aside = way - left * along;
        var room = left > Deep ? WideRoom : NarrowRoom;
        var wanted = aside.Length() < room ? 0 : Math.Clamp(3 * aside.Length(), Deep, standOff);
        return hand.Step(Shortened(aside + along * (left - wanted)), HandOrientation(hand), closed: true);
    }

    /// <summary>A way that keeps its direction within <see cref="ExpertLimits"/>.</summary>
    public static Vector3 Shortened(Vector3 way)
    {
        var widest = Math.Max(Math.Abs(way.X), Math.Max(Math.Abs(way.Y), Math.Abs(way.Z)));
        return widest > ExpertLimits.Translation ? way * (ExpertLimits.Translation / widest) : way;
    }
}
