using System.Text.Json;
using Rt1.Core;
using Rt1.Model.Checkpoints;
using static TorchSharp.torch;

namespace Rt1.Model.Instructions;

/// <summary>
/// A fixed set of instructions with their embeddings, e.g. harvested from the datasets that carry Universal Sentence Encoder embeddings.
/// The file is safetensors: <c>embeddings</c> (N, C) float32, the N instructions as a JSON list in the metadata under <c>instructions</c>, and a
/// note on where the embeddings come from under <c>source</c>. Instructions match regardless of case, repeated blanks and a final full stop;
/// anything else is refused with its nearest neighbours, never guessed.
/// </summary>
public sealed class BankInstructionEncoder : IInstructionEncoder
{
    private const int Neighbours = 3;
    private readonly Dictionary<string, float[]> _embeddings = [];

    /// <exception cref="CheckpointException">An instruction is empty or appears twice.</exception>
    private BankInstructionEncoder(string path, IReadOnlyList<string> instructions, float[] values, int width, string source)
    {
        Instructions = instructions;
        Width = width;
        Source = source;
        for (var i = 0; i < instructions.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(instructions[i]))
                throw new CheckpointException(path, $"instruction {i} of the bank is empty.");
            if (!_embeddings.TryAdd(InstructionText.Normalize(instructions[i]), values[(i * width)..((i + 1) * width)]))
                throw new CheckpointException(path, $"the instruction '{instructions[i]}' appears twice in the bank.");
        }
    }

    public int Width { get; }

    /// <summary>The instructions as the file writes them.</summary>
    public IReadOnlyList<string> Instructions { get; }

    /// <summary>Where the embeddings come from, e.g. "universal-sentence-encoder-large/5" or "random numbers".</summary>
    public string Source { get; }

    /// <summary>Reads a bank.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged, or no bank.</exception>
    public static BankInstructionEncoder Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (!file.Entries.TryGetValue("embeddings", out var entry) || entry is not { Type: ScalarType.Float32, Shape: [var count, var width] })
            throw new CheckpointException(path, "it is no instruction bank: a float32 tensor 'embeddings' of (instructions, width) is missing.");
        var instructions = ReadInstructions(file);
        if (instructions.Length != count)
            throw new CheckpointException(path, $"it has {instructions.Length} instructions but {count} embeddings.");
        using var embeddings = file.Read("embeddings");
        return new BankInstructionEncoder(path, instructions, embeddings.data<float>().ToArray(), (int)width, file.Metadata.GetValueOrDefault("source", "unknown"));
    }

    /// <summary>Writes a bank that <see cref="Load"/> reads.</summary>
    /// <param name="path">The file.</param>
    /// <param name="instructions">The instructions.</param>
    /// <param name="embeddings">Their embeddings, row by row, all of one width.</param>
    /// <param name="source">Where the embeddings come from.</param>
    public static void Save(string path, IReadOnlyList<string> instructions, IReadOnlyList<float[]> embeddings, string source)
    {
        if (embeddings.Count != instructions.Count || embeddings.Count == 0 || embeddings.Any(e => e.Length != embeddings[0].Length))
            throw new ArgumentException("a bank needs one embedding for each instruction, all of one width.", nameof(embeddings));
        using var table = tensor(embeddings.SelectMany(e => e).ToArray(), [embeddings.Count, embeddings[0].Length]);
        SafetensorsFile.Write(path, [new("embeddings", table)], new Dictionary<string, string>
        {
            ["source"] = source,
            ["instructions"] = JsonSerializer.Serialize(instructions),
        });
    }

    public float[] Encode(string instruction) =>
        _embeddings.GetValueOrDefault(InstructionText.Normalize(instruction))
        ?? throw new UnknownInstructionException(instruction, Similarity.Nearest(InstructionText.Normalize(instruction), Instructions, Neighbours));

    private static string[] ReadInstructions(SafetensorsFile file)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(file.Metadata.GetValueOrDefault("instructions", "null"))
                ?? throw new CheckpointException(file.Path, "it is no instruction bank: its metadata has no list of instructions.");
        }
        catch (JsonException e)
        {
            throw new CheckpointException(file.Path, "it is no instruction bank: its list of instructions is not valid JSON.", e);
        }
    }
}
