using System.Globalization;
using ScottPlot;

namespace Rt1.Evaluation;

/// <summary>Success rates as pictures, with their 95% intervals.</summary>
public static class SuccessPlots
{
    private const double GroupWidth = 0.8;

    /// <summary>Writes <c>success.png</c> (a bar for each suite) and <c>skills.png</c> (a bar for each skill and suite).</summary>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Write(EvaluationResult result, string folder) =>
        [Suites(result, Path.Combine(folder, "success.png")), Skills(result, Path.Combine(folder, "skills.png"))];

    private static string Suites(EvaluationResult result, string file)
    {
        using var plot = Empty($"{result.Plan.Policy.Name}: success by suite");
        foreach (var (i, (_, score)) in result.Suites.Index())
            Add(plot, i, GroupWidth, score, Colour(i), $"{score.Successes}/{score.Episodes}");
        Ticks(plot, [.. result.Suites.Keys]);
        plot.SavePng(file, 300 + 120 * result.Suites.Count, 480);
        return file;
    }

    private static string Skills(EvaluationResult result, string file)
    {
        using var plot = Empty($"{result.Plan.Policy.Name}: success by skill");
        var skills = result.Suites.Values.SelectMany(suite => suite.PerSkill.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var width = GroupWidth / Math.Max(1, result.Suites.Count);
        foreach (var (s, (suite, scores)) in result.Suites.Index())
        {
            foreach (var (skill, score) in scores.PerSkill)
                Add(plot, skills.IndexOf(skill) - GroupWidth / 2 + (s + 0.5) * width, width, score, Colour(s));
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = suite, FillColor = Colour(s) });
        }
        Ticks(plot, skills);
        plot.ShowLegend(Edge.Right);
        plot.SavePng(file, 400 + 40 * Math.Max(1, skills.Count) * Math.Max(2, result.Suites.Count), 520);
        return file;
    }

    private static Plot Empty(string title)
    {
        var plot = new Plot();
        plot.Title(title);
        plot.YLabel("success, %");
        plot.Axes.SetLimitsY(0, 110);
        return plot;
    }

    private static void Add(Plot plot, double position, double width, Score score, Color colour, string? label = null)
    {
        var (rate, low, high) = (100 * score.SuccessRate, 100 * score.Ci95[0], 100 * score.Ci95[1]);
        plot.Add.Bar(new Bar { Position = position, Value = rate, Size = 0.9 * width, FillColor = colour, LineWidth = 0 });
        plot.Add.Line(position, low, position, high).LineStyle = new LineStyle(1.5f, Colors.Black);
        if (label is null)
            return;
        var text = plot.Add.Text(string.Create(CultureInfo.InvariantCulture, $"{rate:0}% ({label})"), position, high);
        text.LabelAlignment = Alignment.LowerCenter;
    }

    private static void Ticks(Plot plot, IReadOnlyList<string> names)
    {
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, names.Count).Select(i => (double)i)], [.. names.Select(name => name.Replace('_', '\n'))]);
        plot.Axes.SetLimitsX(-0.6, Math.Max(1, names.Count) - 0.4);
        plot.HideGrid();
    }

    private static Color Colour(int index) => new ScottPlot.Palettes.ColorblindFriendly().GetColor(index + 1);
}
