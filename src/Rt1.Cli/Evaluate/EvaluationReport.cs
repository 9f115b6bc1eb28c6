using System.Globalization;
using Rt1.Evaluation;
using Spectre.Console;

namespace Rt1.Cli.Evaluate;

/// <summary>An evaluation's table, for people; or its JSON.</summary>
internal static class EvaluationReport
{
    private const int FaultsShown = 5;

    public static void Print(EvaluationResult result, IReadOnlyList<EpisodeResult> episodes, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(EvaluationJson.Text(result));
            return;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        console.Profile.Width = Math.Max(console.Profile.Width, 140);
        console.Write(Table(result));
        foreach (var group in episodes.Where(e => e.Reason is not null).GroupBy(e => e.Reason!).OrderByDescending(group => group.Count()).Take(FaultsShown))
            Console.Out.WriteLine($"{group.Count()} × {group.Key}");
    }

    private static Table Table(EvaluationResult result)
    {
        var plan = result.Plan;
        var table = new Table().Border(TableBorder.Simple);
        table.Title($"{plan.Policy.Name}, seed {plan.Seed}{(plan.Shard is { } shard ? $", shard {shard}" : "")}");
        table.AddColumns("suite", "skill");
        table.AddColumn("succeeded", Right).AddColumn("%", Right).AddColumn("95% interval", Right).AddColumn("failures");
        foreach (var (suite, score) in result.Suites)
        {
            Add(table, suite, "all", score);
            foreach (var (skill, part) in score.PerSkill)
                Add(table, "", skill, part);
            table.AddEmptyRow();
        }
        return table;
    }

    private static void Right(TableColumn column) => column.RightAligned();

    private static void Add(Table table, string suite, string skill, Score score) => table.AddRow(
        suite, skill, $"{score.Successes}/{score.Episodes}", Percent(score.SuccessRate), $"{Percent(score.Ci95[0])} to {Percent(score.Ci95[1])}",
        string.Join(", ", score.Failures.Where(f => f.Value > 0).Select(f => $"{f.Value} {f.Key.Describe()}")));

    private static string Percent(double rate) => (100 * rate).ToString("0.0", CultureInfo.InvariantCulture);
}
