namespace Rt1.Model.Instructions;

/// <summary>
/// The bank that ships with the demonstration of random weights (<c>datasets/instructions/demo-bank.safetensors</c>): instructions in RT-1's
/// words, embeddings drawn at random, of the length of sentence embeddings. It says so in its source.
/// </summary>
public static class DemoInstructionBank
{
    public const int Seed = 1;
    private const int Width = 512;

    public static IReadOnlyList<string> Instructions { get; } =
    [
        "pick coke can",
        "pick sponge from the counter",
        "pick apple from white bowl",
        "pick green rice chip bag from middle drawer and place on counter",
        "pick orange can from bottom drawer and place on counter",
        "move apple near coke can",
        "move sponge near orange",
        "move water bottle near green jalapeno chip bag",
        "place coke can upright",
        "place water bottle upright",
        "place 7up can into bottom drawer",
        "place sponge into white bowl",
        "knock coke can over",
        "knock water bottle over",
        "open top drawer",
        "open middle drawer",
        "open bottom drawer",
        "close top drawer",
        "close middle drawer",
        "close bottom drawer",
    ];

    /// <summary>Writes the bank; the same bytes every time.</summary>
    public static void Save(string path)
    {
        var random = new Random(Seed);
        var embeddings = Instructions.Select(_ => RandomDirection(random)).ToList();
        BankInstructionEncoder.Save(path, Instructions, embeddings, $"random numbers of seed {Seed}, not sentence embeddings; for demonstrations of random weights only");
    }

    /// <summary>A vector of length 1, as sentence encoders make them.</summary>
    private static float[] RandomDirection(Random random)
    {
        var values = Enumerable.Range(0, Width).Select(_ => random.NextDouble() - 0.5).ToArray();
        var length = Math.Sqrt(values.Sum(v => v * v));
        return [.. values.Select(v => (float)(v / length))];
    }
}
