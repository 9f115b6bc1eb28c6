using System.Globalization;
using System.Net;
using System.Text;

namespace Rt1.Training;

/// <summary>A section of text on a report's page, as it stands in a file.</summary>
public sealed record ReportText(string Title, string Text);

/// <summary>A run as one page (<c>index.html</c>) with plots and pictures beside it, to be looked at without TensorBoard.</summary>
public static class RunReport
{
    /// <summary>Attention pictures that are shown: the newest ones.</summary>
    private const int MaxPictures = 12;

    private const string Style =
        "body{font:15px/1.45 sans-serif;max-width:960px;margin:2em auto;padding:0 1em;color:#222}" +
        "img{max-width:100%}table{border-collapse:collapse}td,th{padding:.2em .9em .2em 0;text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}" +
        "pre{background:#f5f5f5;padding:1em;overflow:auto}figure{margin:1em 0}figcaption{color:#666}";

    /// <summary>Writes the page.</summary>
    /// <param name="name">The run's name, the page's title.</param>
    /// <param name="texts">What else is to stand on the page: configuration, facts about the data.</param>
    /// <param name="folder">Is made where it does not exist.</param>
    /// <returns>The page's file.</returns>
    public static string Write(string name, RunHistory history, IEnumerable<ReportText> texts, string folder)
    {
        Directory.CreateDirectory(folder);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{Escape(name)}</title><style>{Style}</style>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(name)}</h1>\n");
        AppendFigures(page, history);
        foreach (var plot in RunPlots.Write(history, folder))
            page.Append(CultureInfo.InvariantCulture, $"<figure><img src=\"{plot.File}\" alt=\"{Escape(plot.Title)}\"></figure>\n");
        AppendPictures(page, history, folder);
        foreach (var text in texts)
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(text.Title)}</h2>\n<pre>{Escape(text.Text)}</pre>\n");
        var file = Path.Combine(folder, "index.html");
        File.WriteAllText(file, page.ToString());
        return file;
    }

    /// <summary>Every metric's last, lowest and highest value.</summary>
    private static void AppendFigures(StringBuilder page, RunHistory history)
    {
        page.Append("<table><tr><th>metric<th>last<th>lowest<th>highest<th>at step</tr>\n");
        foreach (var metric in history.Metrics)
        {
            var finite = metric.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToList();
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{Escape(metric.Name)}<td class=n>{metric.Values[^1]:G4}<td class=n>{finite.Min():G4}<td class=n>{finite.Max():G4}<td class=n>{metric.Steps[^1]}</tr>\n");
        }
        page.Append("</table>\n");
    }

    private static void AppendPictures(StringBuilder page, RunHistory history, string folder)
    {
        foreach (var pictures in history.Pictures.GroupBy(picture => picture.Name))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(pictures.Key)}</h2>\n");
            foreach (var picture in pictures.OrderByDescending(picture => picture.Step).Take(MaxPictures))
            {
                var file = string.Create(CultureInfo.InvariantCulture, $"{picture.Name.Replace('/', '-')}-{picture.Step}.png");
                File.Copy(picture.File, Path.Combine(folder, file), overwrite: true);
                page.Append(CultureInfo.InvariantCulture,
                    $"<figure><img src=\"{Escape(file)}\" alt=\"{Escape(picture.Name)}\"><figcaption>step {picture.Step}</figcaption></figure>\n");
            }
        }
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
