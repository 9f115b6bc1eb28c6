using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>Every action token drawn evenly: what chance achieves. The mode is drawn too, so that most episodes end after a few steps.</summary>
/// <param name="seed">The same seed, the same actions.</param>
/// <param name="limits">The robot's; motions are drawn up to these.</param>
/// <param name="hasBase">Whether the robot's base moves; otherwise no action asks for it.</param>
public sealed class RandomPolicy(int seed, ActionLimits limits, bool hasBase = true) : IPolicy
{
    private readonly Random _random = new(seed);

    public ActionSpace ActionSpace { get; } = new([.. ActionSpace.Default.Fields.Select(field => Within(field, limits))]);

    public string Description => $"uniformly random actions, seed {seed}";

    public void Begin(string instruction) { }

    public PolicyDecision Decide(Observation observation)
    {
        var tokens = new List<int>(ActionSpace.TokenCount);
        foreach (var field in ActionSpace.Fields)
        {
            var choices = field.Kind == ActionFieldKind.Continuous ? ActionSpace.VocabularySize : hasBase ? field.Size : (int)ControlMode.Base;
            for (var i = 0; i < field.TokenCount; i++)
                tokens.Add(_random.Next(choices));
        }
        return new PolicyDecision { Tokens = tokens, Action = ActionSpace.Detokenize([.. tokens]) };
    }

    public void Dispose() { }

    private static ActionField Within(ActionField field, ActionLimits limits) => field.Name switch
    {
        ActionFields.WorldVector => Between(field, limits.MaxTranslation),
        ActionFields.RotationDelta => Between(field, limits.MaxRotation),
        ActionFields.BaseDisplacementVector => Between(field, limits.MaxBaseTranslation),
        ActionFields.BaseDisplacementVerticalRotation => Between(field, limits.MaxBaseRotation),
        _ => field,
    };

    private static ActionField Between(ActionField field, float limit) => field with { Low = -limit, High = limit };
}
