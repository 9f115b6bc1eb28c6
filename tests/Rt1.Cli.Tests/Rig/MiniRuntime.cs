using Rt1.Data;
using Rt1.Model.Instructions;
using Rt1.Testing;

namespace Rt1.Cli.Tests;

/// <summary>
/// A folder with a runtime configuration: the small network with random weights, a bank of three instructions, recordings. Its time-outs
/// suit a busy machine.
/// </summary>
internal sealed class MiniRuntime : IDisposable
{
    public const int ImageSize = 192;
    public const string Instruction = "pick up the red can";

    /// <summary>What <see cref="Config"/> asks for.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromMilliseconds(1200);

    private const int EmbeddingSize = 128;
    private static readonly string[] Instructions = [Instruction, "open the drawer", "move the sponge near the apple"];
    private readonly TemporaryFolder _folder = new();

    public MiniRuntime()
    {
        var random = new Random(1);
        BankInstructionEncoder.Save(Bank, Instructions,
            [.. Instructions.Select(_ => Enumerable.Range(0, EmbeddingSize).Select(_ => random.NextSingle() - 0.5f).ToArray())], "random numbers");
        File.WriteAllText(Config,
            $$"""
            policy:
              preset: !include {{Repository.File("configs", "models", "rt1-mini.yaml")}}
              seed: 2
              decode: { valid_modes: true }
              bank: bank.safetensors
            robot:
              endpoint: tcp://127.0.0.1:9
              link: { connect_timeout_ms: 60000, reply_timeout_ms: 2000, max_frame_age_ms: 2000 }
            control:
              rate_hz: 4
              latency_ms: 900
              time_to_live_ms: {{TimeToLive.TotalMilliseconds}}
              first_frame_timeout_ms: 60000
              max_consecutive_faults: 1000
            recording: { folder: recordings }
            """);
    }

    public string Config => _folder["runtime.yaml"];

    public string Bank => _folder["bank.safetensors"];

    public string this[string name] => _folder[name];

    /// <summary>The episodes that were recorded, in their order.</summary>
    public IReadOnlyList<RecordedEpisode> Recordings => Directory.Exists(_folder["recordings"])
        ? [.. Directory.GetDirectories(_folder["recordings"]).Select(RecordedEpisode.Open).OrderBy(episode => episode.Header.StartedAt)]
        : [];

    /// <summary><c>rt1 run</c> against a robot.</summary>
    public Rt1Process Start(string endpoint, params string[] arguments) => Rt1Process.Start(Arguments(endpoint, arguments));

    public Outcome Run(string endpoint, params string[] arguments) => Rt1Process.Run(Arguments(endpoint, arguments));

    public void Dispose() => _folder.Dispose();

    private string[] Arguments(string endpoint, string[] arguments) => ["run", "--config", Config, "--set", $"robot.endpoint={endpoint}", .. arguments];
}
