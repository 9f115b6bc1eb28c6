using Rt1.Configuration;
using Rt1.Model.Checkpoints;
using Rt1.Model.ImageNet;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>Makes a network with the weights that a run starts from.</summary>
internal static class StartingPoint
{
    /// <param name="say">Takes lines on what was taken over and what was not.</param>
    /// <exception cref="CheckpointException">A file of weights is missing, damaged, or of another size.</exception>
    public static Rt1Network Create(TrainingConfig config, PolicyConfig policy, Action<string> say)
    {
        var network = new Rt1Network(policy);
        RandomWeights.Fill(network, config.Seed);
        if (config.Start.ImageNet is { } file)
        {
            var note = ImageNetWeights.Load(network, file);
            say($"start: image tokenizer from {file}{(note is null ? "" : $"; {note}")}");
        }
        if (config.Start.InitFrom is { } folder)
            TakeOver(network, folder, say);
        return network;
    }

    private static void TakeOver(Rt1Network network, string folder, Action<string> say)
    {
        PolicyCheckpoint.Verify(folder);
        using var noGrad = no_grad();
        using var weights = SafetensorsFile.Open(Path.Combine(folder, PolicyCheckpoint.WeightsFile));
        var state = network.state_dict().Where(t => t.Value.is_floating_point()).ToDictionary();
        var taken = new List<string>();
        foreach (var (name, target) in state)
        {
            if (!weights.Entries.TryGetValue(name, out var entry) || !entry.Shape.SequenceEqual(target.shape))
                continue;
            using var scope = NewDisposeScope();
            target.copy_(weights.Read(name));
            taken.Add(name);
        }
        say($"start: {taken.Count} of {state.Count} tensors from {folder}");
        foreach (var name in state.Keys.Except(taken))
            say($"start: random: {name} {string.Join('×', state[name].shape)}{(weights.Entries.TryGetValue(name, out var entry) ? $", there it is {string.Join('×', entry.Shape)}" : ", not there")}");
        foreach (var name in weights.Entries.Keys.Except(state.Keys))
            say($"start: left out: {name}, which this network has not");
    }
}
