using System.Numerics;
using System.Runtime.InteropServices;
using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>
/// The features in which our own episodes are written, named as in <c>fractal20220817_data</c>, and the values of a step.
/// Simulators and recordings share them, so one description (<c>configs/datasets/rt1.yaml</c>) reads both.
/// </summary>
public static class RobotFeatures
{
    /// <summary>An action as RT-1's action dict.</summary>
    public static StructSpec Action { get; } = new(
        (ActionFields.TerminateEpisode, new TensorSpec(ElementType.Int32, 3)),
        (ActionFields.WorldVector, new TensorSpec(ElementType.Float32, 3)),
        (ActionFields.RotationDelta, new TensorSpec(ElementType.Float32, 3)),
        (ActionFields.GripperClosednessAction, new TensorSpec(ElementType.Float32, 1)),
        (ActionFields.BaseDisplacementVerticalRotation, new TensorSpec(ElementType.Float32, 1)),
        (ActionFields.BaseDisplacementVector, new TensorSpec(ElementType.Float32, 2)));

    /// <summary>An episode's features. Images are JPEGs.</summary>
    /// <param name="height">Of the images; null when it varies.</param>
    /// <param name="width">Of the images; null when it varies.</param>
    public static StructSpec Episode(int? height, int? width) => new(
        ("episode_metadata", new StructSpec(
            ("policy", new TextSpec()),
            ("robot", new TextSpec()),
            ("embodiment", new TextSpec()),
            ("outcome", new TextSpec()),
            ("rate_hz", new TensorSpec(ElementType.Float32)))),
        ("success", new TensorSpec(ElementType.Bool)),
        (DatasetEpisode.StepsField, new SequenceSpec(new StructSpec(
            ("observation", new StructSpec(
                ("image", new ImageSpec(ElementType.UInt8, height, width, 3, ImageFormat.Jpeg)),
                ("natural_language_instruction", new TextSpec()),
                ("base_pose_tool_reached", new TensorSpec(ElementType.Float32, 7)
                {
                    Description = "End effector in the robot's base frame: x, y, z in metres, quaternion x, y, z, w.",
                }),
                ("gripper_closed", new TensorSpec(ElementType.Float32, 1)))),
            ("action", Action),
            ("is_first", new TensorSpec(ElementType.Bool)),
            ("is_last", new TensorSpec(ElementType.Bool)),
            ("is_terminal", new TensorSpec(ElementType.Bool)),
            ("reward", new TensorSpec(ElementType.Float32))), IsDataset: true)));

    public static StructValue ActionValue(RobotAction action) => new(
        (ActionFields.TerminateEpisode, TensorValue.Of<int>([.. Enumerable.Range(0, 3).Select(i => i == (int)action.Mode ? 1 : 0)], 3)),
        (ActionFields.WorldVector, Tensor(action.WorldVector)),
        (ActionFields.RotationDelta, Tensor(action.RotationDelta)),
        (ActionFields.GripperClosednessAction, TensorValue.Of<float>([action.GripperClosednessAction], 1)),
        (ActionFields.BaseDisplacementVerticalRotation, TensorValue.Of<float>([action.BaseDisplacementVerticalRotation], 1)),
        (ActionFields.BaseDisplacementVector, TensorValue.Of<float>([action.BaseDisplacementVector.X, action.BaseDisplacementVector.Y], 2)));

    /// <param name="jpeg">The step's image.</param>
    /// <param name="state">What the robot measured; null where it told nothing, which is stored as zeros.</param>
    /// <param name="isTerminal">The policy or expert ended the episode here.</param>
    public static StructValue StepValue(
        ReadOnlyMemory<byte> jpeg, string instruction, RobotState? state, RobotAction action,
        bool isFirst, bool isLast, bool isTerminal, bool success)
    {
        var orientation = state?.EndEffectorOrientation ?? default;
        var position = state?.EndEffectorPosition ?? default;
        return new StructValue(
            ("observation", new StructValue(
                ("image", new StoredImage(jpeg, new ImageSpec(ElementType.UInt8, null, null, 3, ImageFormat.Jpeg))),
                ("natural_language_instruction", new TextValue(instruction)),
                ("base_pose_tool_reached", TensorValue.Of<float>(
                    [position.X, position.Y, position.Z, orientation.X, orientation.Y, orientation.Z, orientation.W], 7)),
                ("gripper_closed", TensorValue.Of<float>([state?.GripperClosedness ?? 0], 1)))),
            ("action", ActionValue(action)),
            ("is_first", TensorValue.Scalar(isFirst)),
            ("is_last", TensorValue.Scalar(isLast)),
            ("is_terminal", TensorValue.Scalar(isTerminal)),
            ("reward", TensorValue.Scalar(isLast && success ? 1f : 0f)));
    }

    private static TensorValue Tensor(Vector3 vector) =>
        TensorValue.Of<float>(MemoryMarshal.CreateReadOnlySpan(ref vector.X, 3), 3);
}
