using System.CommandLine;
using Rt1.Core;
using Rt1.Model.Inference;

namespace Rt1.Cli.Predict;

/// <summary><c>rt1 predict</c>: a policy over recorded frames, step by step as the loop would run it.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var policy = new Option<string>("--policy") { Description = "The checkpoint folder.", Required = true, HelpName = "FOLDER" };
        var episode = new Option<string>("--episode")
        {
            Description = "A recorded episode, a folder of images (with --instruction), or a safetensors file with image (S, H, W, 3) uint8 and natural_language_embedding (512) or (S, 512).",
            Required = true,
            HelpName = "PATH",
        };
        var output = new Option<string>("--out") { Description = "Where to write logits (S, 11, 256), tokens (S, 11) and actions: .safetensors or .json.", Required = true, HelpName = "FILE" };
        var instruction = new Option<string?>("--instruction") { Description = "The instruction, in place of the recorded one.", HelpName = "TEXT" };
        var set = CommonOptions.Set();
        var device = CommonOptions.Device();
        var command = new Command("predict", "Runs a policy over a recorded episode and writes what it would have decided.") { policy, episode, output, instruction, set, device };
        command.SetAction(parsed =>
        {
            var file = parsed.GetValue(output)!;
            var write = PredictionWriter.For(file);
            using var frames = PredictionInput.Open(parsed.GetValue(episode)!, parsed.GetValue(instruction));
            using var loaded = Rt1Policy.Load(parsed.GetValue(policy)!, parsed.GetValue(set), TorchSetup.Use(parsed.GetValue(device)));
            var decisions = frames.Steps.Select(step => Decide(loaded, step)).ToList();
            if (decisions.Count == 0)
                throw new Rt1Exception($"{parsed.GetValue(episode)}: holds no frames.");
            write(file, loaded.ActionSpace, decisions);
            Console.Out.WriteLine($"{file}: {decisions.Count} steps by {loaded.Description}.");
            return Application.Ok;
        });
        return command;
    }

    private static PolicyDecision Decide(Rt1Policy policy, PredictionStep step)
    {
        if (step.Embedding is { } embedding)
            policy.Begin(embedding);
        else if (step.Instruction is { } instruction)
            policy.Begin(instruction);
        return policy.Decide(new Observation { Image = step.Image });
    }
}
