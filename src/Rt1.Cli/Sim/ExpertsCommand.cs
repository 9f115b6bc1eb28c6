using System.CommandLine;
using System.Globalization;
using Rt1.Cli.Evaluate;
using Rt1.Simulation;
using Spectre.Console;

namespace Rt1.Cli.Sim;

/// <summary><c>rt1 sim experts</c>: how often the scripted experts do what they are told.</summary>
internal static class ExpertsCommand
{
    public static Command Create()
    {
        var suite = new Option<string>("--suite") { Description = "Names of configs/evaluation, or files, with commas between them.", HelpName = "NAMES", DefaultValueFactory = _ => "experts,experts-kuka" };
        var skills = new Option<string?>("--skills") { Description = "Only these of the suites' skills, e.g. pick,move_near.", HelpName = "NAMES" };
        var episodes = CommonOptions.Count("--episodes", "Episodes over all skills, without noise and again with it.", 400);
        var noise = new Option<bool>("--noise") { Description = "Only with noise." };
        var clean = new Option<bool>("--clean") { Description = "Only without noise." };
        var blind = new Option<bool>("--blind") { Description = "Draw no pictures: faster, but does not say whether the target is in view." };
        var seed = new Option<int>("--seed") { Description = "The same seed, the same episodes.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var workers = CommonOptions.Count("--workers", "Episodes run side by side.", Environment.ProcessorCount);
        var trace = new Option<bool>("--trace") { Description = "Name the episodes that failed." };
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var command = new Command("experts", "Success of the scripted experts by skill.") { suite, skills, episodes, noise, clean, blind, seed, workers, trace, set, json };
        command.SetAction(parsed =>
        {
            var situations = new ExpertSituations(SuiteFiles.Load(parsed.GetValue(suite)!, parsed.GetValue(set) ?? []), parsed.GetValue(skills));
            bool[] kinds = parsed.GetValue(noise) == parsed.GetValue(clean) ? [false, true] : [parsed.GetValue(noise)];
            var results = new List<ExpertResult>();
            foreach (var withNoise in kinds)
            {
                var all = Run(situations, parsed.GetValue(episodes), parsed.GetValue(seed), withNoise, !parsed.GetValue(blind), parsed.GetValue(workers));
                results.AddRange(all.GroupBy(e => e.Situation.Task.Skill).Select(skill => ExpertResult.Of(skill.Key, withNoise, [.. skill])));
                results.Add(ExpertResult.Of("all", withNoise, all));
                if (parsed.GetValue(trace))
                    Trace(all);
            }
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonOutput.Of(results));
            else
                Print(results);
            return Application.Ok;
        });
        return command;
    }

    private static ExpertEpisode[] Run(ExpertSituations situations, int count, int seed, bool withNoise, bool look, int workers)
    {
        var episodes = new ExpertEpisode[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = workers }, i =>
        {
            var situation = situations.Sample(seed, i);
            episodes[i] = ExpertRollout.Run(situation, withNoise ? situation.Seed : null, look);
        });
        return episodes;
    }

    private static void Trace(IEnumerable<ExpertEpisode> episodes)
    {
        foreach (var (episode, i) in episodes.Select((episode, i) => (episode, i)).Where(e => !e.episode.Success))
            Console.Error.WriteLine($"{i}: {episode.Situation.Task.Instruction} ({episode.Situation.Scene.Place}) failed after {episode.Steps} steps{(episode.Diverged ? ": diverged" : "")}");
    }

    private static void Print(IEnumerable<ExpertResult> results)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("skill", "noise", "episodes", "success", "steps", "target in view", "diverged");
        foreach (var r in results)
        {
            string Number(FormattableString number) => number.ToString(CultureInfo.InvariantCulture);
            table.AddRow(r.Skill, r.WithNoise ? "on" : "off", Number($"{r.Episodes}"), Number($"{100 * r.SuccessRate:0.0}%"), Number($"{r.MeanSteps:0.0}"),
                r.TargetVisible is { } visible ? Number($"{100 * visible:0.0}%") : "", Number($"{r.Diverged}"));
        }
        AnsiConsole.Write(table);
    }
}
