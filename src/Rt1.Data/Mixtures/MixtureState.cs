using System.Text.Json;

namespace Rt1.Data;

/// <summary>Where a mixture stands. Small; serialises to JSON.</summary>
public sealed record MixtureState
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Batches that were given.</summary>
    public long Batch { get; init; }

    /// <summary>Each dataset's position.</summary>
    public IReadOnlyDictionary<string, StreamPosition> Positions { get; init; } = new Dictionary<string, StreamPosition>();

    /// <summary>Each dataset's unusable episodes, as <c>file#record</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Bad { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not a state.</exception>
    public static MixtureState FromJson(string json) =>
        JsonSerializer.Deserialize<MixtureState>(json, Json) ?? throw new JsonException("is empty");
}
