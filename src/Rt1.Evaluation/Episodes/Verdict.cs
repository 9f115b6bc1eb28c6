namespace Rt1.Evaluation;

/// <summary>
/// What an episode comes to. As in the paper it succeeds when at its end the world is as the instruction asked <em>and</em> the policy ended
/// it by itself within the step limit; the other values say what was missing.
/// </summary>
public enum Verdict
{
    /// <summary>The world is as asked, and the policy said that it is done.</summary>
    Success,

    /// <summary>The world is as asked, but the policy never said so.</summary>
    NotEnded,

    /// <summary>The policy said that it is done, but the world is not as asked.</summary>
    NotAsAsked,

    /// <summary>The world is not as asked, and the policy went on until the step limit.</summary>
    Neither,

    /// <summary>The policy or the robot failed, or the policy does not know the instruction.</summary>
    Fault,

    /// <summary>The physics blew up. Counted as a failure.</summary>
    Diverged,
}

/// <summary>Verdicts in words.</summary>
public static class Verdicts
{
    /// <summary>The failures, in the order in which they are reported.</summary>
    public static IReadOnlyList<Verdict> Failures { get; } = [.. Enum.GetValues<Verdict>().Where(v => v != Verdict.Success)];

    /// <summary>What failed, in a few words.</summary>
    public static string Describe(this Verdict verdict) => verdict switch
    {
        Verdict.Success => "success",
        Verdict.NotEnded => "not ended",
        Verdict.NotAsAsked => "world not as asked",
        Verdict.Neither => "neither ended nor as asked",
        Verdict.Fault => "robot or policy fault",
        _ => "physics diverged",
    };
}
