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
        "pick up the red can",
        "pick up the green bottle",
        "pick up the apple",
        "pick up the sponge",
        "pick up the blue block",
        "pick coke can",
        "pick sponge from the counter",
        "pick apple from white bowl",
        "move apple near red can",
        "move sponge near bowl",
        "move green bottle near sponge",
        "place red can upright",
        "place green bottle upright",
        "place apple into white bowl",
        "place sponge into white bowl",
        "knock red can over",
        "knock green bottle over",
        "open top drawer",
        "close top drawer",
        "go to the table",
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
