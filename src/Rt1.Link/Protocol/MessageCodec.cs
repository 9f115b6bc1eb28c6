using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rt1.Link;

/// <summary>
/// Control messages to bytes and back: JSON in UTF-8, with its MAC in front where the two ends share a key.
/// </summary>
internal sealed class MessageCodec(MessageSeal seal)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    public byte[] Encode<T>(T message) where T : class => seal.Seal(JsonSerializer.SerializeToUtf8Bytes(message, Json));

    /// <exception cref="MalformedMessageException">The MAC is wrong, or the bytes are not such a message.</exception>
    public T Decode<T>(ReadOnlySpan<byte> bytes) where T : class
    {
        var json = seal.Open(bytes);
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json) ?? throw new JsonException("null is no message.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new MalformedMessageException(RefusalCodes.Malformed, FirstSentence(e.Message), IdOf(json));
        }
    }

    /// <summary>A message's JSON on its own, without MAC.</summary>
    public static byte[] ToJson<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, Json);

    /// <exception cref="JsonException">The bytes are not such a message.</exception>
    public static T? FromJson<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<T>(json, Json);

    /// <summary>The id of a message that is otherwise unreadable, so that its sender hears what is wrong with it.</summary>
    private static long IdOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return JsonDocument.TryParseValue(ref reader, out var document)
                && document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.Number
                && id.TryGetInt64(out var value) ? value : 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static string FirstSentence(string message) => message.Split(" Path: ")[0];
}

/// <summary>Bytes that are not a message of this protocol, or not from somebody with the key.</summary>
internal sealed class MalformedMessageException(string code, string message, long id = 0) : FormatException(message)
{
    public string Code { get; } = code;

    /// <summary>The message's id where it could be read, otherwise 0.</summary>
    public long Id { get; } = id;
}
