using System.Text.Json.Nodes;
using Rt1.Core;
using Rt1.Model.Checkpoints;
using static TorchSharp.torch;

namespace Rt1.Cli.Predict;

// S steps, A action tokens, V vocabulary

/// <summary>Writes what a policy decided: <c>logits</c> (S, A, V), <c>tokens</c> (S, A) and each action field (S, its size).</summary>
internal static class PredictionWriter
{
    /// <exception cref="Rt1Exception">The file's ending is neither .safetensors nor .json.</exception>
    public static Action<string, ActionSpace, IReadOnlyList<PolicyDecision>> For(string file) => Path.GetExtension(file) switch
    {
        ".safetensors" => WriteTensors,
        ".json" => WriteJson,
        var other => throw new Rt1Exception($"--out {file}: must end in .safetensors or .json, got '{other}'."),
    };

    private static void WriteTensors(string file, ActionSpace space, IReadOnlyList<PolicyDecision> decisions)
    {
        using var scope = NewDisposeScope();
        var steps = decisions.Count;
        var tensors = new Dictionary<string, Tensor>
        {
            ["logits"] = tensor(decisions.SelectMany(d => d.Logits.ToArray()).ToArray(), [steps, space.TokenCount, space.VocabularySize]),
            ["tokens"] = tensor(decisions.SelectMany(d => d.Tokens.Select(t => (long)t)).ToArray(), [steps, space.TokenCount]),
        };
        foreach (var field in space.Fields)
            tensors[field.Name] = tensor(decisions.SelectMany(d => Values(d.Action, field)).ToArray(), [steps, field.TokenCount]);
        SafetensorsFile.Write(file, tensors);
    }

    private static void WriteJson(string file, ActionSpace space, IReadOnlyList<PolicyDecision> decisions)
    {
        JsonArray PerStep(Func<PolicyDecision, JsonNode> value) => [.. decisions.Select(value)];

        var root = new JsonObject
        {
            ["logits"] = PerStep(d => new JsonArray([.. d.Logits.ToArray().Chunk(space.VocabularySize).Select(Numbers)])),
            ["tokens"] = PerStep(d => new JsonArray([.. d.Tokens.Select(t => JsonValue.Create(t))])),
        };
        foreach (var field in space.Fields)
            root[field.Name] = PerStep(d => Numbers(Values(d.Action, field)));
        File.WriteAllText(file, root.ToJsonString());
    }

    private static JsonArray Numbers(IEnumerable<float> values) => [.. values.Select(v => JsonValue.Create(v))];

    /// <summary>A field's numbers; for the mode, its token.</summary>
    private static IEnumerable<float> Values(RobotAction action, ActionField field) => field.Kind == ActionFieldKind.Discrete
        ? [(int)action.Mode]
        : action.Values().Where(v => v.Name.Split('.')[0] == field.Name).Select(v => v.Value);
}
