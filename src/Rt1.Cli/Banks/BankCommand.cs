using System.CommandLine;
using Rt1.Model.Instructions;

namespace Rt1.Cli.Banks;

/// <summary><c>rt1 bank</c>: the instructions that a policy knows.</summary>
internal static class BankCommand
{
    public static Command Create() => new("bank", "Instruction banks: the instructions that a policy knows, with their embeddings.") { List(), Demo() };

    private static Command List()
    {
        var file = new Argument<string>("file") { Description = "The bank." };
        var json = CommonOptions.Json();
        var command = new Command("list", "Prints a bank's instructions.") { file, json };
        command.SetAction(parsed =>
        {
            var bank = BankInstructionEncoder.Load(parsed.GetValue(file)!);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonOutput.Of(new { bank.Source, bank.Width, bank.Instructions }));
                return Application.Ok;
            }
            Console.Out.WriteLine($"{bank.Instructions.Count} instructions, embeddings of {bank.Width} numbers: {bank.Source}.");
            foreach (var instruction in bank.Instructions)
                Console.Out.WriteLine($"  {instruction}");
            return Application.Ok;
        });
        return command;
    }

    private static Command Demo()
    {
        var file = new Option<string>("--out") { Description = "The bank to write.", Required = true, HelpName = "FILE" };
        var command = new Command("demo", "Writes the demonstration's bank, whose embeddings are random: datasets/instructions/demo-bank.safetensors.") { file };
        command.SetAction(parsed =>
        {
            DemoInstructionBank.Save(parsed.GetValue(file)!);
            return Application.Ok;
        });
        return command;
    }
}
