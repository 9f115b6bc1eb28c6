using System.CommandLine;
using System.Globalization;
using Rt1.Configuration;
using Rt1.Training;
using Spectre.Console;
using TorchSharp;

namespace Rt1.Cli.Bench;

/// <summary><c>rt1 bench train</c>: the time of optimizer steps, and where it goes.</summary>
internal static class TrainBenchCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "The run to time; its data are made up.", HelpName = "FILE", DefaultValueFactory = _ => Path.Combine("configs", "training", "rt1-mini.yaml") };
        var batch = CommonOptions.Count("--batch", "Windows of a step, all workers together; the configuration's unless given.");
        var steps = CommonOptions.Count("--steps", "Steps to time; medians are reported.", 20);
        var workers = CommonOptions.Count("--workers", "Worker processes.", 1);
        var threads = CommonOptions.Count("--threads", "libtorch's threads of each worker; the processors, shared among the workers, unless given.");
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var command = new Command("train", "Optimizer steps on this machine, with random weights and made-up episodes.") { config, batch, steps, workers, threads, set, json };
        command.SetAction(parsed =>
        {
            var count = parsed.GetValue(workers);
            var each = parsed.GetValue(threads) ?? Math.Max(1, Environment.ProcessorCount / count);
            var environment = WorkerEnvironment.OfThisProcess();
            if (count > 1 && environment is null)
            {
                LocalWorkers.Run(LocalWorkers.ThisProgram(Environment.GetCommandLineArgs()[1..]), count, each, Console.Error, CancellationToken.None);
                return Application.Ok;
            }
            if (environment is not null)
                LocalWorkers.EndWithStarter(environment);
            torch.set_num_threads(each);
            var run = Config.Load<TrainingConfig>(parsed.GetValue(config)!, parsed.GetValue(set));
            run = run with { BatchSize = parsed.GetValue(batch) ?? run.BatchSize };
            using var group = WorkerGroups.Join(environment, run.Compute.Device == "cpu" ? DeviceType.CPU : DeviceType.CUDA);
            var timings = TrainBenchmark.Run(run, parsed.GetValue(steps), group, TimeProvider.System);
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
