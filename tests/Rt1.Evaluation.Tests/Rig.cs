using Rt1.Core;
using Rt1.Simulation;

namespace Rt1.Evaluation.Tests;

/// <summary>A small suite, results without running anything, and policies for them.</summary>
internal static class Rig
{
    public static SuiteConfig Suite { get; } = new()
    {
        Skills = ["pick"],
        Objects = ["apple", "red_can", "orange"],
        Places = ["classroom"],
        ObjectCount = new CountRange { Min = 2, Max = 2 },
        Look = LookRange.Plain,
        Split = new SplitConfig(),
    };

    public static EpisodeOptions Options { get; } = new() { ImageHeight = 24, ImageWidth = 30 };

    public static EpisodeJob Job(int index, string suite = "seen") => new(suite, index, new SituationSampler(Suite).Sample(0, index));

    public static EvaluationPlan Plan(int episodes = 8, int seed = 3, Shard? shard = null, string policy = "expert") => new()
    {
        Policy = new PolicyIdentity(policy, null),
        Seed = seed,
        EpisodesPerSuite = episodes,
        Run = Options,
        Definitions = new Dictionary<string, string> { ["unseen"] = "1234", ["seen"] = "5678" },
        Shard = shard,
    };

    /// <summary>Results of all of a plan's episodes, of several skills and verdicts.</summary>
    public static IReadOnlyList<EpisodeResult> Results(EvaluationPlan plan) =>
        [.. plan.Definitions.Keys.SelectMany((suite, s) => plan.Indices().Select(index => Result(suite, index, (Verdict)((index * 5 + s) % 6))))];

    public static EpisodeResult Result(string suite, int index, Verdict verdict) => new()
    {
        Suite = suite,
        Index = index,
        Verdict = verdict,
        Steps = 10 + index,
        Situation = new Situation
        {
            Task = new SkillTask { Skill = index % 2 == 0 ? "pick" : "move_near", Target = "apple", Instruction = "pick apple" },
            Scene = new Scene { Objects = ["apple", "red_can"], Look = new Look(LookRange.Unseen, index) },
            Seed = 100 + index,
        },
    };

    public static IReadOnlyDictionary<string, string> Definitions { get; } = new Dictionary<string, string> { ["unseen"] = "part: unseen\n", ["seen"] = "part: seen\n" };
}

/// <summary>The expert with something changed, or broken.</summary>
internal sealed class ChangedExpert(Trial trial, Func<RobotAction, RobotAction> change) : IAttentivePolicy
{
    private readonly ExpertPolicy _expert = new(trial);

    public ActionSpace ActionSpace => _expert.ActionSpace;

    public string Description => "changed expert";

    public bool GivesAttention { get; set; }

    public void Begin(string instruction) => _expert.Begin(instruction);

    public PolicyDecision Decide(Observation observation)
    {
        var decision = _expert.Decide(observation);
        return decision with { Action = change(decision.Action), Attention = GivesAttention ? new AttentionMaps(1, 1, 1, new[] { 1f }) : null };
    }

    public void Dispose() => _expert.Dispose();
}
