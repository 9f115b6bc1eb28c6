using System.CommandLine;
using System.Globalization;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Training;
using Spectre.Console;

namespace Rt1.Cli.Bench;

/// <summary><c>rt1 bench train</c>: the time of optimizer steps, and where it goes.</summary>
internal static class TrainBenchCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "A preset.", HelpName = "FILE", DefaultValueFactory = _ => Path.Combine("configs", "models", "rt1-mini.yaml") };
        var batch = CommonOptions.Count("--batch", "Windows of a step, all workers together.", 18);
        var steps = CommonOptions.Count("--steps", "Steps to time; medians are reported.", 20);
        var workers = CommonOptions.Count("--workers", "Worker processes.", 1);
        var threads = CommonOptions.Count("--threads", "libtorch's threads of each worker; the processors, shared among the workers, unless given.");
        var device = CommonOptions.Device();
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var command = new Command("train", "Optimizer steps on this machine, with random weights and made-up episodes.") { model, batch, steps, workers, threads, device, set, json };
        command.SetAction(parsed =>
        {
            var (count, windows) = (parsed.GetValue(workers), parsed.GetValue(batch));
            if (windows % count != 0)
                throw new Rt1Exception($"--batch {windows} must be a multiple of --workers {count}.");
            var each = parsed.GetValue(threads) ?? Math.Max(1, Environment.ProcessorCount / count);
            var environment = WorkerEnvironment.OfThisProcess();
            if (count > 1 && environment is null)
            {
                LocalWorkers.Run(LocalWorkers.ThisProgram(Environment.GetCommandLineArgs()[1..]), count, each, Console.Error, CancellationToken.None);
                return Application.Ok;
            }
            if (environment is not null)
                LocalWorkers.EndWithStarter(environment);
            var on = TorchSetup.Use(parsed.GetValue(device), each);
            using var group = WorkerGroups.Join(environment, on.type);
            var config = Config.Load<PolicyConfig>(parsed.GetValue(model)!, parsed.GetValue(set));
            var timings = TrainBenchmark.Run(config, windows, parsed.GetValue(steps), group, TimeProvider.System, parsed.GetValue(device).ToString().ToLowerInvariant());
            if (group.Rank > 0)
                return Application.Ok;
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonOutput.Of(timings));
            else
                Print(timings);
            return Application.Ok;
        });
        return command;
    }

    private static void Print(TrainTimings timings)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        void Row(string name, double value, string unit) => table.AddRow(name, string.Create(CultureInfo.InvariantCulture, $"{value,8:0.0} {unit}"));

        AnsiConsole.MarkupLineInterpolated($"{timings.Model}, batch {timings.Batch}, {timings.Workers} × {timings.Threads} threads, medians");
        Row("step", timings.StepMs, "ms");
        Row("  the fastest", timings.BestStepMs, "ms");
        Row("  waiting for data", timings.LoaderMs, "ms");
        Row("  batch to tensors", timings.PrepareMs, "ms");
        Row("  forward", timings.ForwardMs, "ms");
        Row("  backward", timings.BackwardMs, "ms");
        Row("  exchange", timings.ExchangeMs, "ms");
        Row("  optimizer", timings.OptimizerMs, "ms");
        Row("images", timings.ImagesPerSecond, "a second");
        Row("waiting for data", 100 * timings.LoaderShare, "% of the time");
        Row("products", timings.Gflops, string.Create(CultureInfo.InvariantCulture, $"GFLOP/s, {100 * timings.GemmShare:0}% of the matrix product's {timings.GemmGflops:0}"));
        Row("processor time", timings.CpuMs, "ms a step, all threads");
        Row("peak memory", timings.PeakMemoryMb, "MB");
        AnsiConsole.Write(table);
    }
}
