using System.Numerics;

namespace Rt1.Core;

/// <summary>
/// The action tokens of a policy: which fields in which order, their bounds, and the vocabulary. Order and bounds are part of a
/// checkpoint. The arithmetic is the reference's, in float32:
/// token = trunc((clip(x) − low) / (high − low) · (vocabulary − 1)), value = token / (vocabulary − 1) · (high − low) + low.
/// A round trip therefore errs by less than one bin, always downwards (both but for float32's rounding at a bin's edge).
/// </summary>
public sealed class ActionSpace
{
    /// <exception cref="Rt1Exception">
    /// Fields are unknown, missing, repeated or of the wrong size or kind, bounds are empty, or the vocabulary is too small: all faults, a line each.
    /// </exception>
    public ActionSpace(IReadOnlyList<ActionField> fields, int vocabularySize = 256)
    {
        var faults = Faults(fields, vocabularySize).ToList();
        if (faults.Count > 0)
            throw new Rt1Exception(string.Join('\n', faults));
        Fields = [.. fields];
        VocabularySize = vocabularySize;
        TokenNames = [.. Fields.SelectMany(NamesOf)];
        ModeToken = Fields.TakeWhile(f => f.Kind != ActionFieldKind.Discrete).Sum(f => f.TokenCount);
    }

    /// <summary>RT-1's order and bounds (Open X-Embodiment): 11 tokens.</summary>
    public static ActionSpace Default { get; } = new(
    [
        new(ActionFields.TerminateEpisode, ActionFieldKind.Discrete, 3),
        new(ActionFields.WorldVector, ActionFieldKind.Continuous, 3, -1, 1),
        new(ActionFields.RotationDelta, ActionFieldKind.Continuous, 3, -MathF.PI / 2, MathF.PI / 2),
        new(ActionFields.GripperClosednessAction, ActionFieldKind.Continuous, 1, -1, 1),
        new(ActionFields.BaseDisplacementVerticalRotation, ActionFieldKind.Continuous, 1, -MathF.PI, MathF.PI),
        new(ActionFields.BaseDisplacementVector, ActionFieldKind.Continuous, 2, -1, 1),
    ]);

    public IReadOnlyList<ActionField> Fields { get; }

    public int VocabularySize { get; }

    /// <summary>A name for each token, e.g. <c>world_vector.x</c>.</summary>
    public IReadOnlyList<string> TokenNames { get; }

    /// <summary>Action tokens per step (RT-1: 11).</summary>
    public int TokenCount => TokenNames.Count;

    /// <summary>The position of the mode among the tokens.</summary>
    public int ModeToken { get; }

    /// <summary>The action's tokens, in this space's order.</summary>
    /// <exception cref="NonFiniteActionException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mode is none of the three.</exception>
    public int[] Tokenize(RobotAction action)
    {
        NonFiniteActionException.ThrowIfAny(action);
        if (!Enum.IsDefined(action.Mode))
            throw new ArgumentOutOfRangeException(nameof(action), action.Mode, $"{ActionFields.TerminateEpisode} must be 0, 1 or 2.");
        var tokens = new int[TokenCount];
        Span<float> values = stackalloc float[3];
        var next = 0;
        foreach (var field in Fields)
        {
            if (field.Kind == ActionFieldKind.Discrete)
            {
                tokens[next++] = (int)action.Mode;
                continue;
            }
            Read(action, field.Name, values);
            foreach (var value in values[..field.Size])
                tokens[next++] = TokenOf(value, field);
        }
        return tokens;
    }

    /// <summary>The action that the tokens stand for. A mode token of 3 or more stays as it is, for the caller to refuse.</summary>
    /// <exception cref="ArgumentException">There are not <see cref="TokenCount"/> tokens, or one is outside the vocabulary.</exception>
    public RobotAction Detokenize(ReadOnlySpan<int> tokens)
    {
        if (tokens.Length != TokenCount)
            throw new ArgumentException($"expected {TokenCount} action tokens, got {tokens.Length}.", nameof(tokens));
        for (var i = 0; i < tokens.Length; i++)
        {
            if ((uint)tokens[i] >= (uint)VocabularySize)
                throw new ArgumentException($"{TokenNames[i]}: token {tokens[i]} is not in [0, {VocabularySize}).", nameof(tokens));
        }
        var action = new RobotAction { Mode = (ControlMode)tokens[ModeToken] };
        Span<float> values = stackalloc float[3];
        foreach (var field in Fields)
        {
            for (var i = 0; i < field.TokenCount; i++)
                values[i] = ValueOf(tokens[i], field);
            action = With(action, field.Name, values);
            tokens = tokens[field.TokenCount..];
        }
        return action;
    }

    /// <summary>
    /// The action with every value of the two bins around zero at zero. Symmetric bounds have no bin at zero: without this a robot that is
    /// told to stand still would creep by half a bin at every step.
    /// </summary>
    public RobotAction Settle(RobotAction action)
    {
        Span<float> values = stackalloc float[3];
        foreach (var field in Fields.Where(f => f.Kind == ActionFieldKind.Continuous))
        {
            Read(action, field.Name, values);
            foreach (ref var value in values[..field.Size])
                value = MathF.Abs(value) < BinWidth(field) * 0.999f ? 0 : value;
            action = With(action, field.Name, values);
        }
        return action;
    }

    /// <summary>The bin width of a continuous field, in its unit.</summary>
    public float BinWidth(ActionField field) => (field.High - field.Low) / (VocabularySize - 1);

    private int TokenOf(float value, ActionField field) =>
        (int)((Math.Clamp(value, field.Low, field.High) - field.Low) / (field.High - field.Low) * (VocabularySize - 1));

    private float ValueOf(int token, ActionField field) =>
        (float)token / (VocabularySize - 1) * (field.High - field.Low) + field.Low;

    private static void Read(RobotAction action, string field, Span<float> values)
    {
        switch (field)
        {
            case ActionFields.WorldVector: action.WorldVector.CopyTo(values); break;
            case ActionFields.RotationDelta: action.RotationDelta.CopyTo(values); break;
            case ActionFields.GripperClosednessAction: values[0] = action.GripperClosednessAction; break;
            case ActionFields.BaseDisplacementVerticalRotation: values[0] = action.BaseDisplacementVerticalRotation; break;
            case ActionFields.BaseDisplacementVector: action.BaseDisplacementVector.CopyTo(values); break;
        }
    }

    private static RobotAction With(RobotAction action, string field, ReadOnlySpan<float> values) => field switch
    {
        ActionFields.WorldVector => action with { WorldVector = new Vector3(values) },
        ActionFields.RotationDelta => action with { RotationDelta = new Vector3(values) },
        ActionFields.GripperClosednessAction => action with { GripperClosednessAction = values[0] },
        ActionFields.BaseDisplacementVerticalRotation => action with { BaseDisplacementVerticalRotation = values[0] },
        ActionFields.BaseDisplacementVector => action with { BaseDisplacementVector = new Vector2(values) },
        _ => action,
    };

    private static IEnumerable<string> NamesOf(ActionField field) => field switch
    {
        { TokenCount: 1 } => [field.Name],
        { Name: ActionFields.RotationDelta } => [$"{field.Name}.roll", $"{field.Name}.pitch", $"{field.Name}.yaw"],
        _ => new[] { "x", "y", "z" }.Take(field.Size).Select(axis => $"{field.Name}.{axis}"),
    };

    private static IEnumerable<string> Faults(IReadOnlyList<ActionField> fields, int vocabularySize)
    {
        if (vocabularySize < ActionFields.Sizes[ActionFields.TerminateEpisode])
            yield return $"action_space: the vocabulary must have at least 3 tokens, got {vocabularySize}.";
        foreach (var name in ActionFields.Sizes.Keys)
        {
            if (fields.Count(f => f.Name == name) is not 1 and var count)
                yield return $"action_space: field '{name}' must appear once, appears {count} times.";
        }
        foreach (var field in fields)
        {
            if (!ActionFields.Sizes.TryGetValue(field.Name, out var size))
            {
                yield return $"action_space: unknown field '{field.Name}'; known are {string.Join(", ", ActionFields.Sizes.Keys)}.";
                continue;
            }
            var kind = field.Name == ActionFields.TerminateEpisode ? ActionFieldKind.Discrete : ActionFieldKind.Continuous;
            if (field.Kind != kind)
                yield return $"action_space.{field.Name}: must be {kind.ToString().ToLowerInvariant()}.";
            if (field.Size != size)
                yield return $"action_space.{field.Name}: size must be {size}, got {field.Size}.";
            if (kind == ActionFieldKind.Continuous && !(field.Low < field.High && float.IsFinite(field.High - field.Low)))
                yield return $"action_space.{field.Name}: needs finite bounds with low < high, got [{field.Low}, {field.High}].";
        }
    }
}
