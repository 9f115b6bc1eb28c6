using System.CommandLine;
using System.Globalization;
using Rt1.Configuration;
using Rt1.Model.Inference;
using Spectre.Console;

namespace Rt1.Cli.Bench;

/// <summary><c>rt1 bench</c>: speed on this machine, as ratios measured in one run.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measures speed on this machine.") { Step(), DataBenchCommand.Create(), SimBenchCommand.Create(), TrainBenchCommand.Create() };

    private static Command Step()
    {
        var model = new Option<string?>("--model") { Description = "A preset, e.g. configs/models/rt1-mini.yaml; without it RT-1 at full size.", HelpName = "FILE" };
        var repeats = CommonOptions.Count("--repeats", "Steps of each kind; medians are reported.", 20);
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var command = new Command("step", "One control step on the processor, against the same operators run as the reference runs them.") { model, repeats, set, json };
        command.SetAction(parsed =>
        {
            TorchSetup.Use(Device.Cpu);
            var config = parsed.GetValue(model) is { } file ? Config.Load<PolicyConfig>(file, parsed.GetValue(set)) : new PolicyConfig();
            var timings = StepBenchmark.Run(config, parsed.GetValue(repeats), TimeProvider.System);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonOutput.Of(timings));
            else
                Print(timings, config);
            return Application.Ok;
        });
        return command;
    }

    private static void Print(StepTimings timings, PolicyConfig config)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        void Row(string name, double value, string unit) => table.AddRow(name, string.Create(CultureInfo.InvariantCulture, $"{value,7:0.0} {unit}"));

        AnsiConsole.MarkupLineInterpolated($"{config.Name}, one control step, {Environment.ProcessorCount} processors, medians");
        Row("image tokens", timings.ImageTokensMs, "ms");
        Row("transformer", timings.TransformerMs, "ms");
        Row("whole step", timings.StepMs, "ms");
        Row("as the reference runs it", timings.ReferenceStyleStepMs, "ms (eager, a transformer pass for each action token)");
        Row("faster by", timings.Ratio, "times");
        Row("matrix product", timings.GemmGflops, "GFLOP/s (float32, 1024 × 1024)");
        AnsiConsole.Write(table);
    }
}
