using System.Numerics;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>A robot's state; units as <see cref="RobotState"/> gives them.</summary>
internal sealed record StateRecord
{
    public required long MeasuredAtUs { get; init; }

    public required float[] EndEffectorPosition { get; init; }

    /// <summary>Quaternion: x, y, z, w.</summary>
    public required float[] EndEffectorOrientation { get; init; }

    public required float GripperClosedness { get; init; }

    public required float[] BasePose { get; init; }

    public required float[] JointPositions { get; init; }

    public required bool IsMoving { get; init; }

    public required bool IsEmergencyStopped { get; init; }

    public static StateRecord From(RobotState state) => new()
    {
        MeasuredAtUs = EpisodeFormat.ToMicroseconds(state.MeasuredAt),
        EndEffectorPosition = Vectors.ToArray(state.EndEffectorPosition),
        EndEffectorOrientation =
            [state.EndEffectorOrientation.X, state.EndEffectorOrientation.Y, state.EndEffectorOrientation.Z, state.EndEffectorOrientation.W],
        GripperClosedness = state.GripperClosedness,
        BasePose = Vectors.ToArray(state.BasePose),
        JointPositions = [.. state.JointPositions],
        IsMoving = state.IsMoving,
        IsEmergencyStopped = state.IsEmergencyStopped,
    };

    /// <exception cref="FormatException">A field has the wrong number of values.</exception>
    public RobotState ToState()
    {
        Vectors.Check("end_effector_orientation", EndEffectorOrientation.Length, 4);
        return new RobotState
        {
            MeasuredAt = EpisodeFormat.FromMicroseconds(MeasuredAtUs),
            EndEffectorPosition = Vectors.ToVector3("end_effector_position", EndEffectorPosition),
            EndEffectorOrientation = new Quaternion(
                EndEffectorOrientation[0], EndEffectorOrientation[1], EndEffectorOrientation[2], EndEffectorOrientation[3]),
            GripperClosedness = GripperClosedness,
            BasePose = Vectors.ToVector3("base_pose", BasePose),
            JointPositions = JointPositions,
            IsMoving = IsMoving,
            IsEmergencyStopped = IsEmergencyStopped,
        };
    }
}
