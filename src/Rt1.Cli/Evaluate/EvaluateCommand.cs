using System.CommandLine;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Evaluation;

namespace Rt1.Cli.Evaluate;

/// <summary><c>rt1 evaluate</c>: how often a policy succeeds in simulation.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string?> Policy = new("--policy") { Description = "A checkpoint folder; or 'expert', the scripted expert; or 'random', random actions.", HelpName = "FOLDER|expert|random" };
    private static readonly Option<string> Suites = new("--suite") { Description = "Names of configs/evaluation, or files, with commas between them.", HelpName = "NAMES", DefaultValueFactory = _ => "seen,unseen,distractors,backgrounds" };
    private static readonly Option<int> Episodes = CommonOptions.Count("--episodes", "Episodes of each suite.", 100);
    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed, the same situations.", HelpName = "N" };
    private static readonly Option<int> Workers = CommonOptions.Count("--workers", "Processes that run episodes; the results do not depend on it.", Environment.ProcessorCount);
    private static readonly Option<string?> Shard = new("--shard") { Description = "Run every N-th episode only, from number I on (0 to N − 1); 'rt1 evaluate merge' puts the shards together.", HelpName = "I/N" };
    private static readonly Option<string?> Output = new("--out") { Description = "Write results.json, episodes.jsonl and plots into this folder.", HelpName = "FOLDER" };
    private static readonly Option<int> Videos = new("--videos") { Description = "Also write videos of the first so many failures of each suite; needs --out.", HelpName = "N" };
    private static readonly Option<string?> Skills = new("--skills") { Description = "These skills only, with commas between them.", HelpName = "NAMES" };
    private static readonly Option<double> Latency = new("--latency-ms") { Description = "From a frame's capture to the start of the motion decided on it.", HelpName = "MS", DefaultValueFactory = _ => 100 };
    private static readonly Option<string[]> Set = CommonOptions.Set();
    private static readonly Option<Device> OnDevice = CommonOptions.Device();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures how often a policy succeeds in simulation, suite by suite and skill by skill.")
        {
            Policy, Suites, Episodes, Seed, Workers, Shard, Output, Videos, Skills, Latency, Set, OnDevice, Json,
        };
        Set.Description = "Sets a value of all suites, e.g. --set look=unseen. May be given several times.";
        command.Subcommands.Add(EvaluateMergeCommand.Create());
        command.Subcommands.Add(EvaluateWorkerCommand.Create());
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(Videos) > 0 && parsed.GetValue(Output) is null)
                parsed.AddError("--videos needs --out.");
            if (parsed.GetResult(Latency) is not null && parsed.GetValue(Latency) is not (> 0 and <= 2000))
                parsed.AddError("--latency-ms must be in (0, 2000].");
        });
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var shard = parsed.GetValue(Shard) is { } text ? Evaluation.Shard.Parse(text) : null;
        var policy = EvaluatedPolicy.Find(parsed.GetValue(Policy) ?? throw new Rt1Exception("--policy is missing: a checkpoint folder, 'expert' or 'random'."));
        var suites = SuiteFiles.Load(parsed.GetRequiredValue(Suites), Overrides(parsed));
        var plan = new EvaluationPlan
        {
            Policy = policy.Identity,
            Seed = parsed.GetValue(Seed),
            EpisodesPerSuite = parsed.GetValue(Episodes),
            Run = policy.Options(TimeSpan.FromMilliseconds(parsed.GetValue(Latency))),
            Definitions = suites.ToDictionary(suite => suite.Key, suite => SuiteFiles.Fingerprint(suite.Value)),
            Shard = shard,
        };
        var output = parsed.GetValue(Output);
        if (output is not null)
            ResultFolder.Prepare(output);

        var workers = new EvaluationWorkers(policy, parsed.GetValue(OnDevice), parsed.GetValue(Workers), Quiet(parsed));
        var episodes = workers.Run(plan.Run, plan.Jobs(suites), cancellation);
        var result = EvaluationResult.Of(plan, episodes);
        if (output is not null)
            ResultFolder.Write(output, result, episodes, suites.ToDictionary(suite => suite.Key, suite => Config.ToYaml(suite.Value)));
        EvaluationReport.Print(result, episodes, parsed.GetValue(Json));
        if (output is not null)
            workers.WriteVideos(plan.Run, episodes, parsed.GetValue(Videos), output, cancellation);
        return Application.Ok;
    }

    private static bool Quiet(ParseResult parsed) => parsed.GetValue(Json) || Console.IsErrorRedirected;

    private static IEnumerable<string> Overrides(ParseResult parsed) =>
        parsed.GetValue(Skills) is { } skills ? [.. parsed.GetValue(Set) ?? [], $"skills=[{skills}]"] : parsed.GetValue(Set) ?? [];
}
