using Rt1.Control;
using Rt1.Core;
using Spectre.Console;

namespace Rt1.Cli.Run;

/// <summary>The summary at a run's end, for people.</summary>
internal static class RunReport
{
    public static void Print(RunSummary summary, string policy, string robot)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        void Row(string name, string value) => table.AddRow(name.EscapeMarkup(), value.EscapeMarkup());

        Row("instruction", summary.Instruction ?? "none");
        Row("policy", policy);
        Row("robot", robot);
        Row("steps", $"{summary.Steps} in {Count(summary.Episodes, "episode")}");
        Row("commands", $"{summary.CommandsSent} sent, {summary.CommandsAcknowledged} acknowledged");
        Row("decided modes", $"arm {summary.Modes.Arm}, base {summary.Modes.Base}, terminate {summary.Modes.Terminate}" +
            (summary.Modes.Unknown > 0 ? $", out of vocabulary {summary.Modes.Unknown}" : ""));
        Row("step latency", Spread(summary.Latency) + ", capture to command");
        Row("decision", Spread(summary.Decide));
        Row("missed deadlines", $"{summary.MissedDeadlines}");
        if (summary.StaleObservations + summary.Clamped + summary.Refused > 0)
            Row("other steps", $"{summary.StaleObservations} without a frame, {summary.Clamped} clamped, {summary.Refused} refused");
        Row("outcome", new EpisodeEnd(summary.Outcome, summary.Reason).ToString());
        AnsiConsole.Write(table);
    }

    private static string Spread(Percentiles? times) => times is null
        ? "nothing was decided"
        : FormattableString.Invariant($"p50 {times.P50.TotalMilliseconds:0} ms, p95 {times.P95.TotalMilliseconds:0} ms, p99 {times.P99.TotalMilliseconds:0} ms");

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
