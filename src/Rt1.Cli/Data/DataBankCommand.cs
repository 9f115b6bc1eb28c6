using System.CommandLine;
using Rt1.Core;
using Rt1.Data;
using Rt1.Model.Instructions;

namespace Rt1.Cli.Data;

/// <summary><c>rt1 data bank</c>.</summary>
internal static class DataBankCommand
{
    public static Command Create()
    {
        var configs = new Argument<string[]>("config") { Description = "Datasets that carry instruction embeddings, e.g. configs/datasets/fractal20220817_data.yaml.", Arity = ArgumentArity.OneOrMore };
        var path = new Option<string?>("--path") { Description = "The dataset's folder, in place of the configuration's; with one configuration.", HelpName = "FOLDER" };
        var output = new Option<string>("--out") { Description = "The bank to write.", HelpName = "FILE", Required = true };
        var source = new Option<string>("--source") { Description = "Where the embeddings come from; is kept in the bank.", DefaultValueFactory = _ => "universal-sentence-encoder-large/5" };
        var set = CommonOptions.Set();
        var command = new Command("bank", "Gathers the instruction embeddings of datasets into a bank, which a policy's encoder reads.") { configs, path, output, source, set };
        command.SetAction(parsed =>
        {
            var harvest = new InstructionHarvest();
            foreach (var config in parsed.GetRequiredValue(configs))
            {
                foreach (var read in AlignedDataset.Open(config, StatsCommand.Overrides(parsed.GetValue(path), parsed.GetValue(set))).Read())
                {
                    if (read.Episode is { } episode)
                        harvest.Add(episode);
                    else if (read.Fault is { } fault)
                        Console.Error.WriteLine($"left out: {fault}");
                }
            }
            if (harvest.Instructions.Count == 0)
                throw new Rt1Exception($"no instruction with an embedding in {string.Join(", ", parsed.GetRequiredValue(configs))}; does the configuration name one ('embedding')?");
            foreach (var instruction in harvest.Conflicts)
                Console.Error.WriteLine($"'{instruction}' came with different embeddings; the first is kept.");
            BankInstructionEncoder.Save(parsed.GetRequiredValue(output), harvest.Instructions, harvest.Embeddings, parsed.GetRequiredValue(source));
            Console.Out.WriteLine($"{parsed.GetValue(output)}: {harvest.Instructions.Count} instructions of width {harvest.Embeddings[0].Length}.");
            return Application.Ok;
        });
        return command;
    }
}
