using ScottPlot;

namespace Rt1.Training;

/// <summary>One plot of a report.</summary>
/// <param name="File">A PNG in the report's folder.</param>
internal sealed record RunPlot(string Title, string File);

/// <summary>A run's metrics as pictures: those of one kind share a plot.</summary>
internal static class RunPlots
{
    private const int Width = 900;
    private const int Height = 420;

    /// <summary>What is plotted together: a title with its unit, and how the metrics' names begin. Any other metric has a plot of its own.</summary>
    private static readonly (string Title, string Prefix)[] Kinds =
    [
        ("Loss", "loss/"),
        ("Translation error, mm", MetricNames.TranslationError),
        ("Success rate", MetricNames.Success),
        ("Accuracy, share of exactly right tokens", "accuracy/"),
        ("Learning rate", MetricNames.LearningRate),
        ("Gradient norm, before clipping", MetricNames.GradientNorm),
        ("Images a second", MetricNames.ImagesPerSecond),
        ("Seconds a step", MetricNames.StepSeconds),
        ("Share of the time spent waiting for data", MetricNames.LoaderShare),
    ];

    /// <summary>Writes the plots as PNG files.</summary>
    public static IReadOnlyList<RunPlot> Write(RunHistory history, string folder)
    {
        var groups = history.Metrics.GroupBy(metric => Kind(metric.Name)).OrderBy(group => group.Key.Order).ThenBy(group => group.Key.Title, StringComparer.Ordinal);
        return [.. groups.Select(group => Write(group.Key.Title, [.. group], folder))];
    }

    private static (int Order, string Title) Kind(string name)
    {
        var index = Array.FindIndex(Kinds, kind => name.StartsWith(kind.Prefix, StringComparison.Ordinal));
        return index < 0 ? (Kinds.Length, name) : (index, Kinds[index].Title);
    }

    private static RunPlot Write(string title, IReadOnlyList<MetricSeries> metrics, string folder)
    {
        using var plot = new Plot();
        foreach (var metric in metrics)
        {
            var points = metric.Steps.Zip(metric.Values).Where(point => double.IsFinite(point.Second)).ToList();
            var line = plot.Add.Scatter(points.Select(p => (double)p.First).ToArray(), points.Select(p => p.Second).ToArray());
            line.MarkerSize = points.Count < 30 ? 5 : 0;
            if (metrics.Count > 1)
                line.LegendText = metric.Name;
        }
        plot.Title(title);
        plot.XLabel("optimizer step");
        if (metrics.Count > 1)
            plot.ShowLegend(Edge.Right);
        var file = $"{Slug(title)}.png";
        plot.SavePng(Path.Combine(folder, file), Width, Height);
        return new RunPlot(title, file);
    }

    /// <summary>The title without its unit, in characters that need no escape.</summary>
    private static string Slug(string title) =>
        string.Concat(title.Split(',')[0].Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
}
