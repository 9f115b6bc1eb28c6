using System.CommandLine;
using Spectre.Console;

namespace Rt1.Cli.Doctor;

/// <summary><c>rt1 doctor</c>: is everything there that Rt1 runs on, and does it work.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command("doctor", "Checks what Rt1 runs on; each line is ok or says what to do.") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var findings = new List<Finding>();
            foreach (var check in Checks.All)
            {
                var finding = await check(cancellation);
                findings.Add(finding);
                if (!parsed.GetValue(json))
                    Print(finding);
            }
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonOutput.Of(findings));
            return findings.All(f => f.Ok) ? Application.Ok : Application.Failed;
        });
        return command;
    }

    private static void Print(Finding finding)
    {
        var mark = finding.Ok ? "[green]ok  [/]" : "[red]FAIL[/]";
        AnsiConsole.MarkupLine($"{mark} {finding.Name.EscapeMarkup(),-8} {finding.Found.EscapeMarkup()}");
        if (finding.Remedy is { } remedy)
            AnsiConsole.MarkupLineInterpolated($"              {remedy}");
    }
}

/// <summary>What a check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Ok">Whether Rt1 can work with it.</param>
/// <param name="Found">Versions and figures, or the fault.</param>
/// <param name="Remedy">What to do, also where it works but could work better.</param>
internal sealed record Finding(string Name, bool Ok, string Found, string? Remedy = null);
