using Rt1.Evaluation;
using Spectre.Console;

namespace Rt1.Cli.Evaluate;

/// <summary>A progress bar with the time left, on the error stream.</summary>
internal static class EvaluationProgress
{
    /// <param name="what">What is counted.</param>
    /// <param name="count">How many there will be.</param>
    /// <param name="quiet">Shows nothing.</param>
    /// <param name="work">Is given whom to tell of each result.</param>
    public static T Show<T>(string what, int count, bool quiet, Func<Action<EpisodeResult>, T> work)
    {
        if (quiet)
            return work(_ => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var bar = console.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        return bar.Start(context =>
        {
            var (task, done, successes) = (context.AddTask(what, maxValue: count), 0, 0);
            return work(result =>
            {
                done++;
                successes += result.Verdict == Verdict.Success ? 1 : 0;
                task.Description = $"{done}/{count} {what}, {successes} succeeded";
                task.Increment(1);
            });
        });
    }
}
