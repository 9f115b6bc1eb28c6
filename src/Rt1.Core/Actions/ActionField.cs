namespace Rt1.Core;

/// <summary>How an action field becomes tokens.</summary>
public enum ActionFieldKind
{
    /// <summary>A one-hot choice: one token, the position of the one.</summary>
    Discrete,

    /// <summary>Bounded numbers: one token per dimension, the bin of the value.</summary>
    Continuous,
}

/// <summary>One named part of an action, e.g. <c>world_vector</c>.</summary>
/// <param name="Name">One of <see cref="ActionFields"/>.</param>
/// <param name="Kind">Discrete or continuous.</param>
/// <param name="Size">Dimensions; for a discrete field the number of choices.</param>
/// <param name="Low">Lower bound of a continuous field, in its unit; values below it are clipped.</param>
/// <param name="High">Upper bound of a continuous field, in its unit; values above it are clipped.</param>
public sealed record ActionField(string Name, ActionFieldKind Kind, int Size, float Low = 0, float High = 0)
{
    /// <summary>How many action tokens the field takes.</summary>
    public int TokenCount => Kind == ActionFieldKind.Discrete ? 1 : Size;
}

/// <summary>The names of RT-1's action fields, as they stand in datasets and messages.</summary>
public static class ActionFields
{
    public const string TerminateEpisode = "terminate_episode";
    public const string WorldVector = "world_vector";
    public const string RotationDelta = "rotation_delta";
    public const string GripperClosednessAction = "gripper_closedness_action";
    public const string BaseDisplacementVerticalRotation = "base_displacement_vertical_rotation";
    public const string BaseDisplacementVector = "base_displacement_vector";

    /// <summary>Each field's dimensions.</summary>
    public static IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int>
    {
        [TerminateEpisode] = 3,
        [WorldVector] = 3,
        [RotationDelta] = 3,
        [GripperClosednessAction] = 1,
        [BaseDisplacementVerticalRotation] = 1,
        [BaseDisplacementVector] = 2,
    };
}
