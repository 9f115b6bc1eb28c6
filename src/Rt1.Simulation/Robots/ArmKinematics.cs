using System.Numerics;
using Mujoco;

namespace Rt1.Simulation;

/// <summary>
/// The robot's model of its own arm, without the world around it: where the gripper is for given joint angles, in the robot's base
/// frame, and the joint step that brings it towards a pose (differential inverse kinematics on MuJoCo's Jacobian).
/// </summary>
internal sealed class ArmKinematics : IDisposable
{
    private const double Damping = 0.03;
    private const int StartIterations = 100;

    private readonly MjModel _model;
    private readonly MjData _data;
    private readonly int _grip;
    private readonly int[] _position, _dof;
    private readonly double[] _jacp, _jacr;
    private readonly DampedLeastSquares _solver;

    public ArmKinematics(string robot)
    {
        _model = Scene.Compile(["physics", robot]);
        _data = new MjData(_model);
        _grip = _model.Id(MjObject.Site, "grip");
        var joints = Enumerable.Range(1, JointCount).Select(i => _model.Id(MjObject.Joint, $"arm_{i}")).ToArray();
        _position = [.. joints.Select(j => _model.Field<int>("jnt_qposadr")[j])];
        _dof = [.. joints.Select(j => _model.Field<int>("jnt_dofadr")[j])];
        Lower = [.. joints.Select(j => _model.Field<double>("jnt_range")[2 * j])];
        Upper = [.. joints.Select(j => _model.Field<double>("jnt_range")[2 * j + 1])];
        Home = Numbers("arm_home")!;
        RotationAxes = Numbers("arm_rotation") is [var x, var y, var z] ? new((float)x, (float)y, (float)z) : Vector3.One;
        _jacp = new double[3 * _model.nv];
        _jacr = new double[3 * _model.nv];
        _solver = new DampedLeastSquares(6, JointCount, Damping);
    }

    public const int JointCount = 7;

    /// <summary>Joint limits, radians.</summary>
    public double[] Lower { get; }

    /// <inheritdoc cref="Lower"/>
    public double[] Upper { get; }

    /// <summary>The waiting posture, radians.</summary>
    public double[] Home { get; }

    /// <summary>1 for each axis of the base frame about which actions turn the gripper, 0 for the others.</summary>
    public Vector3 RotationAxes { get; }

    /// <summary>The gripper's pose in the robot's base frame.</summary>
    public MjPose Forward(ReadOnlySpan<double> joints)
    {
        for (var i = 0; i < JointCount; i++)
            _data.qpos[_position[i]] = joints[i];
        _data.Kinematics();
        return _data.Pose(MjObject.Site, _grip);
    }

    /// <summary>
    /// One step of the joints towards a gripper pose; what the pose leaves free leans towards <see cref="Home"/>. Joints never leave
    /// their limits: one that would is held there, and the others do what they can without it.
    /// </summary>
    /// <param name="target">Gripper pose in the robot's base frame.</param>
    /// <param name="joints">Angles, radians; changed.</param>
    /// <param name="maxStep">The largest change of one angle, radians.</param>
    /// <param name="posture">The part of the way home that the free motion goes.</param>
    public void StepTowards(MjPose target, Span<double> joints, double maxStep, double posture)
    {
        var at = Forward(joints);
        _data.Jacobian(MjObject.Site, _grip, _jacp, _jacr);
        var toHome = _solver.Posture;
        for (var i = 0; i < JointCount; i++)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                _solver.Matrix[axis, i] = _jacp[axis * _model.nv + _dof[i]];
                _solver.Matrix[axis + 3, i] = _jacr[axis * _model.nv + _dof[i]];
            }
            toHome[i] = posture * (Home[i] - joints[i]);
        }
        Error(at, target, _solver.Error);
        Span<double> lowest = stackalloc double[JointCount], highest = stackalloc double[JointCount];
        for (var i = 0; i < JointCount; i++)
        {
            lowest[i] = Math.Max(-maxStep, Math.Min(0, Lower[i] - joints[i]));
            highest[i] = Math.Min(maxStep, Math.Max(0, Upper[i] - joints[i]));
        }
        var step = _solver.Solve(lowest, highest);
        for (var i = 0; i < JointCount; i++)
            joints[i] += step[i];
    }

    /// <summary>Joint angles that bring the gripper near where it waits; as near as the arm comes.</summary>
    /// <param name="offset">From its waiting pose, metres, base frame.</param>
    /// <param name="turn">About the base frame's axes.</param>
    public double[] NearHome(Vector3 offset, Quaternion turn)
    {
        var joints = (double[])Home.Clone();
        if (offset == Vector3.Zero && turn.IsIdentity)
            return joints;
        var home = Forward(joints);
        var target = new MjPose(home.Position + offset, Quaternion.Normalize(turn * home.Orientation));
        for (var i = 0; i < StartIterations; i++)
            StepTowards(target, joints, maxStep: 0.05, posture: 0.01);
        return joints;
    }

    public void Dispose()
    {
        _data.Dispose();
        _model.Dispose();
    }

    private double[]? Numbers(string name) => _model.TryId(MjObject.Numeric, name) is { } id
        ? _model.Field<double>("numeric_data").Slice(_model.Field<int>("numeric_adr")[id], _model.Field<int>("numeric_size")[id]).ToArray()
        : null;

    // Translation, and the rotation vector about the base frame's axes.
    private static void Error(MjPose from, MjPose to, double[] error)
    {
        var translation = to.Position - from.Position;
        var rotation = to.Orientation * Quaternion.Conjugate(from.Orientation);
        if (rotation.W < 0)
            rotation = -rotation;
        var axis = new Vector3(rotation.X, rotation.Y, rotation.Z);
        var sine = axis.Length();
        var turn = sine < 1e-9f ? Vector3.Zero : axis * (2 * MathF.Atan2(sine, rotation.W) / sine);
        for (var i = 0; i < 3; i++)
            (error[i], error[i + 3]) = (translation[i], turn[i]);
    }
}
