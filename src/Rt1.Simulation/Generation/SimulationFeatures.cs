using System.Numerics;
using Mujoco;
using Rt1.Core;
using Rt1.Data;

namespace Rt1.Simulation;

/// <summary>
/// The features of generated episodes: <see cref="RobotFeatures"/>, and under <c>sim</c> what only a simulator knows. Points are
/// (u right, v down) in [0, 1] of the image.
/// </summary>
public static class SimulationFeatures
{
    public const string Field = "sim";

    private static readonly StructSpec Step = new(
        ("target_point", Point("What the skill acts on: u right, v down in [0, 1] of the image.")),
        ("target_visible", new TensorSpec(ElementType.Bool)),
        ("reference_point", Point("The second thing that the instruction names; the middle of the image where there is none.")),
        ("reference_visible", new TensorSpec(ElementType.Bool)),
        ("gripper_point", Point("Between the finger tips.")),
        ("gripper_visible", new TensorSpec(ElementType.Bool)),
        ("success", new TensorSpec(ElementType.Bool) { Description = "The world is as the instruction asks." }),
        ("object_poses", new SequenceSpec(new TensorSpec(ElementType.Float32, 7))
        {
            Description = "World poses in the order of sim/object_names: x, y, z in metres, quaternion x, y, z, w.",
        }));

    private static readonly StructSpec Whole = new(
        ("skill", new TextSpec()),
        ("target", new TextSpec()),
        ("reference", new TextSpec { Description = "Empty where the instruction names one thing only." }),
        ("seed", new TensorSpec(ElementType.Int64)),
        ("place", new TextSpec()),
        ("look", new TextSpec { Description = "The range that colours and light are from, and their seed." }),
        ("object_names", new SequenceSpec(new TextSpec())));

    /// <summary>An episode's features. Images are JPEGs.</summary>
    public static StructSpec Episode(int height, int width)
    {
        var robot = RobotFeatures.Episode(height, width);
        var steps = (SequenceSpec)robot[DatasetEpisode.StepsField]!;
        return new StructSpec(
        [
            .. robot.Fields.Where(f => f.Key != DatasetEpisode.StepsField),
            KeyValuePair.Create<string, FeatureSpec>(Field, Whole),
            KeyValuePair.Create<string, FeatureSpec>(DatasetEpisode.StepsField, steps with { Element = With((StructSpec)steps.Element, Step) }),
        ]);
    }

    /// <summary>An episode's values.</summary>
    /// <param name="policy">Who acted.</param>
    public static StructValue EpisodeValue(Situation situation, IReadOnlyList<DemonstrationStep> steps, string policy, double rateHz, bool success) => new(
        ("episode_metadata", new StructValue(
            ("policy", new TextValue(policy)),
            ("robot", new TextValue($"simulated-{situation.Scene.Robot}")),
            ("embodiment", new TextValue(situation.Scene.Robot)),
            ("outcome", new TextValue("terminated")),
            ("rate_hz", TensorValue.Scalar((float)rateHz)))),
        ("success", TensorValue.Scalar(success)),
        (Field, WholeValue(situation)),
        (DatasetEpisode.StepsField, new SequenceValue(
            [.. steps.Select((step, i) => StepValue(situation.Task.Instruction, step, i == 0, i == steps.Count - 1, success))])));

    private static StructValue WholeValue(Situation situation) => new(
        ("skill", new TextValue(situation.Task.Skill)),
        ("target", new TextValue(situation.Task.Target)),
        ("reference", new TextValue(situation.Task.Reference ?? "")),
        ("seed", TensorValue.Scalar((long)situation.Seed)),
        ("place", new TextValue(situation.Scene.Place)),
        ("look", new TextValue($"{situation.Scene.Look.Range.ToString().ToLowerInvariant()} {situation.Scene.Look.Seed}")),
        ("object_names", new SequenceValue([.. situation.Scene.Objects.Select(name => new TextValue(name))])));

    private static StructValue StepValue(string instruction, DemonstrationStep step, bool isFirst, bool isLast, bool success)
    {
        var truth = step.Truth;
        var robot = RobotFeatures.StepValue(step.Jpeg, instruction, step.State, step.Action, isFirst, isLast, isLast, success);
        return new StructValue(
        [
            .. robot.Fields,
            KeyValuePair.Create<string, FeatureValue>(Field, new StructValue(
                ("target_point", Tensor(truth.TargetPoint)),
                ("target_visible", TensorValue.Scalar(truth.TargetVisible)),
                ("reference_point", Tensor(truth.ReferencePoint)),
                ("reference_visible", TensorValue.Scalar(truth.ReferenceVisible)),
                ("gripper_point", Tensor(truth.GripperPoint)),
                ("gripper_visible", TensorValue.Scalar(truth.GripperVisible)),
                ("success", TensorValue.Scalar(step.Succeeded)),
                ("object_poses", new SequenceValue([.. truth.ObjectPoses.Select(Tensor)])))),
        ]);
    }

    private static TensorSpec Point(string description) => new(ElementType.Float32, 2) { Description = description };

    private static TensorValue Tensor(Vector2 point) => TensorValue.Of<float>([point.X, point.Y], 2);

    private static TensorValue Tensor(MjPose pose) => TensorValue.Of<float>(
        [pose.Position.X, pose.Position.Y, pose.Position.Z, pose.Orientation.X, pose.Orientation.Y, pose.Orientation.Z, pose.Orientation.W], 7);

    private static StructSpec With(StructSpec spec, StructSpec added) =>
        spec with { Fields = [.. spec.Fields, KeyValuePair.Create<string, FeatureSpec>(Field, added)] };
}
