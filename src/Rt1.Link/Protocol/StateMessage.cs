using System.Numerics;
using Rt1.Core;

namespace Rt1.Link;

/// <summary>A measured state as it stands in messages; units as <see cref="RobotState"/> gives them.</summary>
internal sealed record StateMessage
{
    public required long MeasuredAtUs { get; init; }

    /// <summary>x, y, z.</summary>
    public float[] EndEffectorPosition { get; init; } = [0, 0, 0];

    /// <summary>Quaternion x, y, z, w.</summary>
    public float[] EndEffectorOrientation { get; init; } = [0, 0, 0, 1];

    public float GripperClosedness { get; init; }

    /// <summary>x, y, yaw.</summary>
    public float[] BasePose { get; init; } = [0, 0, 0];

    public float[] JointPositions { get; init; } = [];

    public bool IsMoving { get; init; }

    public bool IsEmergencyStopped { get; init; }

    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static StateMessage From(RobotState state)
    {
        var (position, q, pose) = (state.EndEffectorPosition, state.EndEffectorOrientation, state.BasePose);
        var message = new StateMessage
        {
            MeasuredAtUs = LinkProtocol.ToMicroseconds(state.MeasuredAt),
            EndEffectorPosition = [position.X, position.Y, position.Z],
            EndEffectorOrientation = [q.X, q.Y, q.Z, q.W],
            GripperClosedness = state.GripperClosedness,
            BasePose = [pose.X, pose.Y, pose.Z],
            JointPositions = [.. state.JointPositions],
            IsMoving = state.IsMoving,
            IsEmergencyStopped = state.IsEmergencyStopped,
        };
        float[] values = [.. message.EndEffectorPosition, .. message.EndEffectorOrientation, message.GripperClosedness,
            .. message.BasePose, .. message.JointPositions];
        return values.All(float.IsFinite) ? message : throw new ArgumentException("the robot measured a state that is not finite.", nameof(state));
    }

    /// <param name="clockOffset">The robot's clock minus this process's.</param>
    /// <exception cref="FormatException">A field has the wrong number of values.</exception>
    public RobotState ToState(TimeSpan clockOffset) => new()
    {
        MeasuredAt = LinkProtocol.FromMicroseconds(MeasuredAtUs) - clockOffset,
        EndEffectorPosition = new Vector3(Checked(EndEffectorPosition, "end_effector_position", 3)),
        EndEffectorOrientation = Quaternion(Checked(EndEffectorOrientation, "end_effector_orientation", 4)),
        GripperClosedness = GripperClosedness,
        BasePose = new Vector3(Checked(BasePose, "base_pose", 3)),
        JointPositions = JointPositions ?? [],
        IsMoving = IsMoving,
        IsEmergencyStopped = IsEmergencyStopped,
    };

    private static Quaternion Quaternion(float[] v) => new(v[0], v[1], v[2], v[3]);

    private static float[] Checked(float[]? values, string field, int length) => values?.Length == length
        ? values
        : throw new FormatException($"state.{field} must hold {length} values, got {values?.Length ?? 0}.");
}
