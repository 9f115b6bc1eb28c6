using System.Numerics;
using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// The controller of a robot with one arm, on a base that drives or stands fixed: carries out actions in a world by its joint servos.
/// Measures joints, fingers and base only; times are world times. Not thread-safe.
/// </summary>
public sealed class MobileManipulator : IDisposable
{
    private static readonly string[] Base = ["base_x", "base_y", "base_yaw"];

    private const double MaxJointSpeed = 4;      // rad/s
    private const double PostureRate = 1;        // 1/s: how fast free motion of the arm returns to its waiting posture

    private readonly World _world;
    private readonly ArmKinematics _kinematics;
    private readonly JointServo[] _arm, _base, _servos;
    private readonly Gripper _gripper;
    private readonly Queue<PendingMotion> _pending = new();
    private readonly double[] _accelerations, _inertia;
    private Motion? _motion;

    public MobileManipulator(World world)
    {
        _world = world;
        _kinematics = new ArmKinematics(world.Scene.Robot);
        _arm = [.. Enumerable.Range(1, ArmKinematics.JointCount).Select(i => new JointServo(world.Data, $"arm_{i}"))];
        _base = [.. Base.Where(joint => world.Model.TryId(MjObject.Joint, joint) is not null).Select(joint => new JointServo(world.Data, joint))];
        _gripper = new Gripper(world.Data);
        _servos = [.. _base, .. _arm, .. _gripper.Fingers];
        _accelerations = new double[world.Model.nv];
        _inertia = new double[world.Model.nv];
    }

    /// <summary>The gripper's measured pose in the base frame.</summary>
    public MjPose GripperPose => _kinematics.Forward([.. _arm.Select(joint => joint.Measured)]);

    /// <summary>The gripper's pose in the base frame when the arm waits.</summary>
    public MjPose WaitingGripperPose => _kinematics.Forward(_kinematics.Home);

    /// <summary>
    /// The gripper's pose in the base frame when the motion under way has ended: what an action that follows it starts from.
    /// </summary>
    public MjPose ComingGripperPose
    {
        get
        {
            var measured = GripperPose;
            if (_motion is not { Arm: { } arm })
                return measured;
            var now = Motion.Interpolate(arm.From, arm.To, _motion.Progress(_world.Time));
            return new MjPose(
                measured.Position + arm.To.Position - now.Position,
                Quaternion.Normalize(arm.To.Orientation * Quaternion.Conjugate(now.Orientation) * measured.Orientation));
        }
    }

    /// <summary>The base's pose in the world (x, y, yaw) when the motion under way has ended.</summary>
    public Vector3 ComingBasePose =>
        _motion is { Base: { } way } ? BasePose + (way.To - way.From) * (float)(1 - _motion.Progress(_world.Time)) : BasePose;

    /// <summary>How far the fingers are told to close by the motion under way: 0 open, 1 closed.</summary>
    public double ComingClosedness => _motion?.Gripper?.To ?? _gripper.Target;

    /// <summary>How far the fingers have closed: 0 open, 1 closed.</summary>
    public double ClosednessNow => _gripper.Measured;

    /// <summary>The base's measured pose in the world: x, y, yaw. Zero for a robot that stands fixed.</summary>
    public Vector3 BasePose =>
        HasBase ? new((float)_base[0].Measured, (float)_base[1].Measured, (float)_base[2].Measured) : Vector3.Zero;

    /// <summary>True when the base moves.</summary>
    public bool HasBase => _base.Length > 0;

    /// <summary>Arm joint limits, radians, from the base outwards.</summary>
    public IReadOnlyList<(double Lower, double Upper)> JointLimits => [.. _kinematics.Lower.Zip(_kinematics.Upper)];

    /// <summary>The objects that both fingers touch.</summary>
    public IReadOnlyList<string> Grasped => [.. _world.Touching("pad_left").Intersect(_world.Touching("pad_right"))];

    /// <summary>Puts the robot at its start, at rest, nothing under way.</summary>
    /// <param name="start">Null: at the place's first stand, arm waiting, gripper open.</param>
    public void Reset(RobotStart? start = null)
    {
        start ??= new RobotStart();
        _motion = null;
        _pending.Clear();
        var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, start.GripperYaw);
        foreach (var (joint, angle) in _arm.Zip(_kinematics.NearHome(start.GripperOffset, turn)))
            joint.Place(angle);
        var stand = start.BasePose ?? _world.Stands.Values.FirstOrDefault();
        for (var i = 0; i < _base.Length; i++)
            _base[i].Place(stand[i]);
        _gripper.Place(start.GripperClosedness);
        _world.Data.Forward();
    }

    /// <summary>
    /// Carries out an action over <paramref name="duration"/> from <paramref name="startAt"/> on, or from the next step where that is
    /// past. Where it goes is decided at the start, from the pose measured then. Starting ends the motion before.
    /// </summary>
    /// <exception cref="NonFiniteActionException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The motion has no duration.</exception>
    public void Move(RobotAction action, TimeSpan startAt, TimeSpan duration)
    {
        NonFiniteActionException.ThrowIfAny(action);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        _pending.Enqueue(new PendingMotion(action, startAt, duration));
    }

    /// <summary>Ends all motion, drops what was waiting, and holds the pose measured now; the gripper keeps its grip.</summary>
    public void Stop()
    {
        _pending.Clear();
        if (_motion is null)
            return;
        _motion = null;
        foreach (var joint in _arm.Concat(_base))
            joint.Hold();
    }

    /// <summary>One tick of the controller; <see cref="World.Step"/> calls it.</summary>
    public void Control()
    {
        while (_pending.TryPeek(out var next) && next.StartAt <= _world.Time)
            _motion = Begin(_pending.Dequeue());
        if (_motion is not null)
            Follow(_motion);
        _gripper.Aim();
        foreach (var servo in _servos)
            servo.Track(_accelerations);
        _world.Data.MultiplyInertia(_accelerations, _inertia);
        foreach (var servo in _servos)
            servo.Write(_inertia);
    }

    /// <summary>What the robot measures.</summary>
    /// <param name="measuredAt">The time to stamp it with.</param>
    public RobotState Measure(TimeSpan measuredAt)
    {
        var gripper = GripperPose;
        return new RobotState
        {
            MeasuredAt = measuredAt,
            EndEffectorPosition = gripper.Position,
            EndEffectorOrientation = gripper.Orientation,
            GripperClosedness = (float)_gripper.Measured,
            BasePose = BasePose,
            JointPositions = [.. _arm.Select(joint => (float)joint.Measured)],
            IsMoving = _motion is { } motion && motion.Progress(_world.Time) < 1,
        };
    }

    public void Dispose() => _kinematics.Dispose();

    // Motions lead from the targets, so that nothing jerks, to the pose aimed at, which is meant from where the robot is measured to be.
    // The mode selects: what it leaves out holds the target it has, and so does what an action does not move. Holding the target rather
    // than the measured pose keeps a loaded arm from sinking a little with every step.
    private Motion Begin(PendingMotion pending)
    {
        var action = pending.Action;
        var motion = new Motion { Start = pending.StartAt < _world.Time ? _world.Time : pending.StartAt, Duration = pending.Duration };
        if (action.Mode == ControlMode.Base)
            return HasBase ? motion with { Base = (TargetBase, Motion.Displace(BasePose, action)) } : motion;
        if (action.Mode != ControlMode.Arm)
            return motion;
        action = action with { RotationDelta = action.RotationDelta * _kinematics.RotationAxes };
        if (action.WorldVector != Vector3.Zero || action.RotationDelta != Vector3.Zero)
            motion = motion with { Arm = (TargetPose, Motion.Displace(GripperPose, action)) };
        if (Math.Abs(action.GripperClosednessAction) >= RobotAction.GripperHoldBand)
            motion = motion with { Gripper = (_gripper.Target, Math.Clamp(_gripper.Target + action.GripperClosednessAction, 0, 1)) };
        return motion;
    }

    private MjPose TargetPose => _kinematics.Forward([.. _arm.Select(joint => joint.Target)]);

    private Vector3 TargetBase => new((float)_base[0].Target, (float)_base[1].Target, (float)_base[2].Target);

    private void Follow(Motion motion)
    {
        var part = motion.Progress(_world.Time);
        if (motion.Arm is { } arm)
            FollowArm(Motion.Interpolate(arm.From, arm.To, part));
        if (motion.Base is { } way)
        {
            var pose = Vector3.Lerp(way.From, way.To, (float)part);
            for (var i = 0; i < 3; i++)
                _base[i].Target = pose[i];
        }
        if (motion.Gripper is { } fingers)
            _gripper.Target = double.Lerp(fingers.From, fingers.To, part);
        if (part >= 1)
            _motion = null;
    }

    private void FollowArm(MjPose pose)
    {
        Span<double> joints = stackalloc double[ArmKinematics.JointCount];
        for (var i = 0; i < joints.Length; i++)
            joints[i] = _arm[i].Target;
        var step = _world.TimeStep.TotalSeconds;
        _kinematics.StepTowards(pose, joints, MaxJointSpeed * step, PostureRate * step);
        for (var i = 0; i < joints.Length; i++)
            _arm[i].Target = joints[i];
    }
}
