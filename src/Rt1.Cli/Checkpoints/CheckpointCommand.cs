using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rt1.Configuration;
using Rt1.Model.Checkpoints;
using Rt1.Model.Checkpoints.TensorFlow;
using Spectre.Console;

namespace Rt1.Cli.Checkpoints;

/// <summary><c>rt1 checkpoint</c>: look at checkpoints, and import Google's.</summary>
internal static class CheckpointCommand
{
    public static Command Create() => new("checkpoint", "Looks at checkpoints and imports Google's.") { Inspect(), Import() };

    private static Command Inspect()
    {
        var path = new Argument<string>("path") { Description = "A checkpoint folder of ours, or a TensorFlow checkpoint: its folder or its .index file." };
        var actionDimensions = CommonOptions.Count("--action-dimensions", "Action tokens per step; no tensor of a TensorFlow checkpoint tells.", 11);
        var json = CommonOptions.Json();
        var command = new Command("inspect", "Prints a checkpoint's sizes, read from its tensors' shapes; the weights need not be there.") { path, actionDimensions, json };
        command.SetAction(parsed =>
        {
            var sizes = CheckpointInspector.Inspect(parsed.GetValue(path)!, parsed.GetValue(actionDimensions));
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonOutput.Of(sizes));
            else
                Print(sizes);
            return Application.Ok;
        });
        return command;
    }

    private static Command Import()
    {
        var from = new Option<string>("--from") { Description = "The TensorFlow checkpoint: its folder or its .index file.", Required = true, HelpName = "PATH" };
        var to = new Option<string>("--out") { Description = "The checkpoint folder to write.", Required = true, HelpName = "FOLDER" };
        var bank = new Option<string?>("--bank") { Description = "An instruction bank to put beside the weights.", HelpName = "FILE" };
        var config = new Option<string?>("--config") { Description = "A policy configuration for what the tensors do not tell: action order and bounds, image size. Without it RT-1's.", HelpName = "FILE" };
        var set = CommonOptions.Set();
        var command = new Command("import", "Turns a TensorFlow checkpoint of RT-1 into a checkpoint folder.") { from, to, bank, config, set };
        command.SetAction(parsed =>
        {
            var overrides = (parsed.GetValue(set) ?? []).ToList();
            if (parsed.GetValue(bank) is { } file)
                overrides.Add($"instruction.bank={Path.GetFullPath(file)}");
            var policy = parsed.GetValue(config) is { } given ? Config.Load<PolicyConfig>(given, overrides) : Config.Default<PolicyConfig>(overrides);
            using var network = TensorFlowImport.Load(parsed.GetValue(from)!, policy);
            PolicyCheckpoint.Save(network, parsed.GetValue(to)!);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{parsed.GetValue(to)}: {network.FloatCount:N0} parameters and statistics from {parsed.GetValue(from)}."));
            if (policy.Instruction.Bank is null)
                Console.Out.WriteLine("It has no instruction bank yet: 'rt1 predict' takes recorded embeddings; 'rt1 run' needs --bank here, or policy.bank in its configuration.");
            return Application.Ok;
        });
        return command;
    }

    private static void Print(CheckpointSizes sizes)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        foreach (var property in typeof(CheckpointSizes).GetProperties())
            table.AddRow(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), string.Create(CultureInfo.InvariantCulture, $"{property.GetValue(sizes):N0}"));
        AnsiConsole.Write(table);
    }
}
