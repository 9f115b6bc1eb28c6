using System.CommandLine;
using Rt1.Evaluation;

namespace Rt1.Cli.Evaluate;

/// <summary><c>rt1 evaluate merge</c>: the shards of an evaluation to one result.</summary>
internal static class EvaluateMergeCommand
{
    public static Command Create()
    {
        var folders = new Argument<string[]>("folders") { Description = "The shards' folders, as --out of 'rt1 evaluate --shard' named them.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "The folder to write.", Required = true, HelpName = "FOLDER" };
        var json = CommonOptions.Json();
        var command = new Command("merge", "Puts the shards of an evaluation together, to exactly what one run gives.") { folders, output, json };
        command.SetAction(parsed =>
        {
            var target = parsed.GetRequiredValue(output);
            var result = ShardMerge.Run(parsed.GetRequiredValue(folders), target);
            EvaluationReport.Print(result, ResultFolder.Read(target).Episodes, parsed.GetValue(json));
            return Application.Ok;
        });
        return command;
    }
}
