using System.Numerics;

namespace Rt1.Core;

/// <summary>
/// The action tokens of a policy: which fields in which order, their bounds, and the vocabulary. Order and bounds are part of a
/// checkpoint. The arithmetic is the reference's, in float32:
/// token = trunc((clip(x) − low) / (high − low) · (vocabulary − 1)), value = token / (vocabulary − 1) · (high − low) + low.
/// A round trip therefore errs by less than one bin, always downwards.
/// </summary>
public sealed class ActionSpace
{
    /// <exception cref="Rt1Exception">A field is unknown, missing, repeated, of the wrong size, or has empty bounds.</exception>
    public ActionSpace(IReadOnlyList<ActionField> fields, int vocabularySize = 256)
    {
        foreach (var (name, size) in ActionFields.Sizes)
        {
            var count = fields.Count(f => f.Name == name);
            if (count != 1)
                throw new Rt1Exception($"action_space: field '{name}' must appear once, appears {count} times.");
            if (fields.First(f => f.Name == name) is var field && field.Size != size)
                throw new Rt1Exception($"action_space.{name}: size must be {size}, got {field.Size}.");
        }
        foreach (var field in fields)
            Validate(field, vocabularySize);
        Fields = fields;
        VocabularySize = vocabularySize;
        TokenCount = fields.Sum(f => f.TokenCount);
        TokenNames = [.. fields.SelectMany(NamesOf)];
        ModeToken = fields.TakeWhile(f => f.Name != ActionFields.TerminateEpisode).Sum(f => f.TokenCount);
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

    /// <summary>Action tokens per step (RT-1: 11).</summary>
    public int TokenCount { get; }

    /// <summary>A name for each token, e.g. <c>world_vector.x</c>.</summary>
    public IReadOnlyList<string> TokenNames { get; }

    /// <summary>The position of the mode among the tokens.</summary>
    public int ModeToken { get; }

    /// <summary>The action's tokens, in this space's order.</summary>
    /// <exception cref="NonFiniteActionException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mode is none of the three.</exception>
    public int[] Tokenize(RobotAction action)
    {
        NonFiniteActionException.ThrowIfAny(action);
        var tokens = new int[TokenCount];
        var values = new float[3];
        var next = 0;
        foreach (var field in Fields)
        {
            if (field.Kind == ActionFieldKind.Discrete)
            {
                if (!Enum.IsDefined(action.Mode))
                    throw new ArgumentOutOfRangeException(nameof(action), action.Mode, $"{field.Name} must be 0, 1 or 2.");
                tokens[next++] = (int)action.Mode;
                continue;
            }
            Read(action, field.Name, values);
            for (var i = 0; i < field.Size; i++)
                tokens[next++] = TokenOf(values[i], field);
        }
        return tokens;
    }

    /// <summary>The action that the tokens stand for. A mode token of 3 or more stays as it is, for the caller to refuse.</summary>
    /// <exception cref="ArgumentException">There are more or fewer than <see cref="TokenCount"/> tokens, or one is outside the vocabulary.</exception>
    public RobotAction Detokenize(ReadOnlySpan<int> tokens)
    {
        if (tokens.Length != TokenCount)
            throw new ArgumentException($"expected {TokenCount} action tokens, got {tokens.Length}.", nameof(tokens));
        var action = RobotAction.Terminate;
        Span<float> values = stackalloc float[3];
        var next = 0;
        foreach (var field in Fields)
        {
            for (var i = 0; i < field.TokenCount; i++)
            {
                if ((uint)tokens[next + i] >= (uint)VocabularySize)
                    throw new ArgumentException($"{TokenNames[next + i]}: token {tokens[next + i]} is not in [0, {VocabularySize}).", nameof(tokens));
                values[i] = field.Kind == ActionFieldKind.Discrete ? tokens[next + i] : ValueOf(tokens[next + i], field);
            }
            action = With(action, field.Name, values);
            next += field.TokenCount;
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
        ActionFields.TerminateEpisode => action with { Mode = (ControlMode)(int)values[0] },
        ActionFields.WorldVector => action with { WorldVector = new Vector3(values) },
        ActionFields.RotationDelta => action with { RotationDelta = new Vector3(values) },
        ActionFields.GripperClosednessAction => action with { GripperClosednessAction = values[0] },
        ActionFields.BaseDisplacementVerticalRotation => action with { BaseDisplacementVerticalRotation = values[0] },
        _ => action with { BaseDisplacementVector = new Vector2(values) },
    };

    private static IEnumerable<string> NamesOf(ActionField field) => field switch
    {
        { TokenCount: 1 } => [field.Name],
        { Name: ActionFields.RotationDelta } => [$"{field.Name}.roll", $"{field.Name}.pitch", $"{field.Name}.yaw"],
        _ => new[] { "x", "y", "z" }.Take(field.Size).Select(axis => $"{field.Name}.{axis}"),
    };

    private static void Validate(ActionField field, int vocabularySize)
    {
        if (!ActionFields.Sizes.ContainsKey(field.Name))
            throw new Rt1Exception($"action_space: unknown field '{field.Name}'; known are {string.Join(", ", ActionFields.Sizes.Keys)}.");
        var discrete = field.Name == ActionFields.TerminateEpisode;
        if (discrete != (field.Kind == ActionFieldKind.Discrete))
            throw new Rt1Exception($"action_space.{field.Name}: must be {(discrete ? "discrete" : "continuous")}.");
        if (discrete ? vocabularySize < field.Size : !(field.Low < field.High) || !float.IsFinite(field.High - field.Low))
            throw new Rt1Exception($"action_space.{field.Name}: needs finite bounds with low < high, got [{field.Low}, {field.High}].");
    }
}
