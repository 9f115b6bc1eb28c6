using ScottPlot;

namespace Rt1.Data;

/// <summary>Statistics as pictures (PNG).</summary>
public static class StatisticsPlots
{
    private const int Bins = 60;

    /// <summary>Writes <c>actions.png</c> (a histogram of each dimension), <c>episodes.png</c> and <c>instructions.png</c>.</summary>
    /// <param name="folder">Is made where it does not exist.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Write(DatasetStatistics statistics, string folder)
    {
        Directory.CreateDirectory(folder);
        return
        [
            Actions(statistics, Path.Combine(folder, "actions.png")),
            Lengths(statistics, Path.Combine(folder, "episodes.png")),
            Instructions(statistics, Path.Combine(folder, "instructions.png")),
        ];
    }

    private static string Actions(DatasetStatistics statistics, string file)
    {
        var figure = new Multiplot();
        figure.AddPlots(statistics.Dimensions.Count);
        foreach (var (i, dimension) in statistics.Dimensions.Index())
        {
            // From quantile to quantile: single outliers would leave one bar.
            var (low, high) = (dimension.Quantile01, Math.Max(dimension.Quantile99, dimension.Quantile01 + 1e-6));
            double[] values = [.. dimension.Sample.Where(v => v >= low && v <= high).Select(v => (double)v)];
            Histogram(figure.GetPlot(i), values, $"{dimension.Name} (1% to 99%)");
        }
        figure.Layout = new ScottPlot.MultiplotLayouts.Grid(rows: (statistics.Dimensions.Count + 1) / 2, columns: 2);
        figure.SavePng(file, 1100, 280 * ((statistics.Dimensions.Count + 1) / 2));
        return file;
    }

    private static string Lengths(DatasetStatistics statistics, string file)
    {
        using var plot = new Plot();
        Histogram(plot, [.. statistics.EpisodeLengths.Select(l => (double)l)], $"{statistics.Dataset}: steps an episode");
        plot.SavePng(file, 900, 500);
        return file;
    }

    private static string Instructions(DatasetStatistics statistics, string file)
    {
        using var plot = new Plot();
        var top = statistics.Instructions.Take(30).Reverse().ToList();
        plot.Add.Bars(Enumerable.Range(0, top.Count).Select(i => (double)i), top.Select(i => (double)i.Value));
        foreach (var bars in plot.GetPlottables<ScottPlot.Plottables.BarPlot>())
            bars.Horizontal = true;
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, top.Count).Select(i => (double)i)], [.. top.Select(i => i.Key)]);
        plot.Axes.Margins(left: 0);
        plot.Title($"{statistics.Dataset}: episodes of an instruction");
        plot.SavePng(file, 1100, 150 + 25 * top.Count);
        return file;
    }

    private static void Histogram(Plot plot, double[] values, string title)
    {
        plot.Title(title, 12);
        if (values.Length == 0)
            return;
        // A dimension of one value only gets a range around it.
        var margin = values.Max() - values.Min() < 1e-9 ? 0.5 : 0;
        var (low, high) = (values.Min() - margin, values.Max() + margin);
        var width = (high - low) / Bins;
        var counts = new double[Bins];
        foreach (var value in values)
            counts[Math.Min(Bins - 1, (int)((value - low) / width))]++;
        foreach (var bar in plot.Add.Bars(Enumerable.Range(0, Bins).Select(i => low + (i + 0.5) * width), counts).Bars)
            bar.Size = width;
        plot.Axes.Margins(bottom: 0);
    }
}
