using System.CommandLine;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Training;
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
        var set = CommonOptions.Set();
        var command = new Command("train", "Trains a policy on episodes.") { config, output, resume, set };
        command.SetAction((parsed, stop) => Task.FromResult(Run(
            parsed.GetValue(config), parsed.GetValue(output), parsed.GetValue(resume), parsed.GetValue(set) ?? [], stop)));
        return command;
    }

    private static int Run(string? file, string? output, bool resume, string[] overrides, CancellationToken stop)
    {
        var (config, folder) = Load(file, output, resume, overrides);
        torch.set_num_threads(config.Compute.Threads ?? Environment.ProcessorCount);
        using var progress = new TrainingLine(config, TimeProvider.System);
        using var metrics = new JsonLinesSink(Path.Combine(folder.Path, JsonLinesSink.FileName));
        var services = new TrainingServices { Metrics = metrics, Say = progress.Say, Progress = progress.Show };
        using var trainer = resume ? Trainer.Resume(config, folder, services) : Trainer.Start(config, folder, services);
        var outcome = trainer.Run(stop);
        progress.Say(outcome.IsFinished
            ? $"done: {outcome.Steps} steps; the policy is in {outcome.Policy}"
            : $"stopped after step {outcome.Steps}; go on with: rt1 train --resume --out {folder.Path}");
        return Application.Ok;
    }

    private static (TrainingConfig Config, RunFolder Folder) Load(string? file, string? output, bool resume, string[] overrides)
    {
        if (file is null && (!resume || output is null))
            throw new Rt1Exception("--config is missing; name one of configs/training, or go on with a run by --resume --out FOLDER.");
        var config = Config.Load<TrainingConfig>(file ?? new RunFolder(output!).ConfigFile, overrides);
        return (config, new RunFolder(output ?? Path.Combine("runs", config.Name)));
    }
}
