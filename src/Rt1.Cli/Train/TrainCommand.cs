using System.CommandLine;
using Rt1.Cli.Evaluate;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Training;
using Spectre.Console;
using TorchSharp;

namespace Rt1.Cli.Train;

/// <summary><c>rt1 train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "The run's configuration, e.g. configs/training/rt1-mini.yaml; with --resume the run's own unless given.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "The run's folder; runs/NAME after the configuration's name unless told.", HelpName = "FOLDER" };
        var resume = new Option<bool>("--resume") { Description = "Goes on with the run in the folder, from its newest whole checkpoint." };
        var workers = CommonOptions.Count("--workers", "Processes on this machine that share every batch; torchrun and srun start their own.", 1);
        var set = CommonOptions.Set();
        var command = new Command("train", "Trains a policy on episodes.") { config, output, resume, workers, set };
        command.SetAction((parsed, stop) => Task.FromResult(Run(
            new Order(parsed.GetValue(config), parsed.GetValue(output), parsed.GetValue(resume), parsed.GetValue(set) ?? []), parsed.GetValue(workers), stop)));
        return command;
    }

    /// <summary>What the command line asks for.</summary>
    private sealed record Order(string? Config, string? Output, bool Resume, string[] Overrides)
    {
        /// <summary>The same for another process of this program.</summary>
        public IReadOnlyList<string> Arguments =>
        [
            "train",
            .. Config is null ? Array.Empty<string>() : ["--config", Config],
            .. Output is null ? Array.Empty<string>() : ["--out", Output],
            .. Resume ? ["--resume"] : Array.Empty<string>(),
            .. Overrides.SelectMany(o => new[] { "--set", o }),
        ];
    }

    private static int Run(Order order, int workers, CancellationToken stop)
    {
        var (config, folder) = Load(order);
        var environment = WorkerEnvironment.OfThisProcess();
        if (environment is null && workers > 1)
        {
            LocalWorkers.Run(LocalWorkers.ThisProgram(order.Arguments), workers, config.Compute.Threads ?? Math.Max(1, Environment.ProcessorCount / workers), Console.Error, stop);
            return Application.Ok;
        }
        if (environment is not null)
            LocalWorkers.EndWithStarter(environment);
        return Train(config, folder, order.Resume, environment, stop);
    }

    private static int Train(TrainingConfig config, RunFolder folder, bool resume, WorkerEnvironment? environment, CancellationToken stop)
    {
        torch.set_num_threads(config.Compute.Threads ?? Math.Max(1, Environment.ProcessorCount / (environment?.Size ?? 1)));
        var onCuda = config.Compute.Device.StartsWith("cuda", StringComparison.Ordinal);
        if (config.Compute.Device == "cuda" && environment is { Size: > 1 })
            config = config with { Compute = config.Compute with { Device = $"cuda:{environment.LocalRank}" } };
        using var workers = WorkerGroups.Join(environment, onCuda ? DeviceType.CUDA : DeviceType.CPU);
        using var progress = workers.Rank == 0 ? Progress(config) : null;
        MetricSinks? metrics = null;
        try
        {
            var services = new TrainingServices
            {
                Workers = workers,
                OpenMetrics = step => metrics = MetricSinks.ForRun(folder.Path, TimeProvider.System, step, progress!),
                Evaluation = Evaluation(config),
                Say = line => progress?.Say(line),
            };
            using var trainer = resume ? Trainer.Resume(config, folder, services) : Trainer.Start(config, folder, services);
            var outcome = trainer.Run(stop);
            progress?.Say(outcome.IsFinished
                ? $"done: {outcome.Steps} steps; the policy is in {outcome.Policy}"
                : $"stopped after step {outcome.Steps}; go on with: rt1 train --resume --out {folder.Path}");
        }
        finally
        {
            metrics?.Dispose();
        }
        return Application.Ok;
    }

    /// <summary>On the error stream; with --workers the starter holds that of worker 0, which has the terminal as its output.</summary>
    private static RunProgress Progress(TrainingConfig config) => new(
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.IsErrorRedirected && !Console.IsOutputRedirected ? Console.Out : Console.Error) }),
        config.Schedule.Steps,
        config.Schedule.MaxMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        TimeProvider.System);

    private static InLoopEvaluation? Evaluation(TrainingConfig config) => config.Evaluation.EverySteps > 0
        ? new InLoopEvaluation(config.Evaluation.Suites, config.Evaluation.Episodes, config.Seed, Environment.ProcessorCount)
        : null;

    private static (TrainingConfig Config, RunFolder Folder) Load(Order order)
    {
        if (order.Config is null && (!order.Resume || order.Output is null))
            throw new Rt1Exception("--config is missing; name one of configs/training, or go on with a run by --resume --out FOLDER.");
        var config = Config.Load<TrainingConfig>(order.Config ?? new RunFolder(order.Output!).ConfigFile, order.Overrides);
        return (config, new RunFolder(order.Output ?? Path.Combine("runs", config.Name)));
    }
}
