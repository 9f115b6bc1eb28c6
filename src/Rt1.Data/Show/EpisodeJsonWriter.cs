using System.Security.Cryptography;
using System.Text.Json;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>
/// Writes episodes as JSON: every number in full, images by their shape, mean colour, four pixels and the SHA-256 of their stored bytes.
/// Numbers that JSON cannot express are texts: <c>"NaN"</c>, <c>"Infinity"</c>.
/// </summary>
public sealed class EpisodeJsonWriter(Utf8JsonWriter json)
{
    /// <summary>An episode as an object; as the array of its steps when it has nothing else.</summary>
    /// <exception cref="ImageFormatException">An image does not decode.</exception>
    public void Write(DatasetEpisode episode) =>
        Write(episode.Values.Fields is [{ Key: DatasetEpisode.StepsField }] ? episode.Values.Fields[0].Value : episode.Values);

    private void Write(FeatureValue value)
    {
        switch (value)
        {
            case StructValue fields:
                json.WriteStartObject();
                foreach (var (name, field) in fields.Fields)
                {
                    json.WritePropertyName(name);
                    Write(field);
                }
                json.WriteEndObject();
                break;
            case SequenceValue sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items)
                    Write(item);
                json.WriteEndArray();
                break;
            case TensorValue tensor:
                WriteTensor(tensor, 0, 0);
                break;
            case TextValue text:
                json.WriteStringValue(text.Text);
                break;
            case ImageValue image:
                WriteImage(image);
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} has no JSON form.", nameof(value));
        }
    }

    private int WriteTensor(TensorValue tensor, int dimension, int next)
    {
        if (dimension == tensor.Shape.Count)
        {
            WriteNumber(tensor, next);
            return next + 1;
        }
        json.WriteStartArray();
        for (var i = 0; i < tensor.Shape[dimension]; i++)
            next = WriteTensor(tensor, dimension + 1, next);
        json.WriteEndArray();
        return next;
    }

    private void WriteNumber(TensorValue tensor, int index)
    {
        switch (tensor.Type)
        {
            case ElementType.Bool:
                json.WriteBooleanValue(tensor.As<bool>()[index]);
                break;
            case ElementType.Int64:
                json.WriteNumberValue(tensor.As<long>()[index]);
                break;
            case ElementType.UInt64:
                json.WriteNumberValue(tensor.As<ulong>()[index]);
                break;
            default:
                WriteNumber(tensor[index], tensor.Type.IsFloat());
                break;
        }
    }

    private void WriteNumber(double number, bool isFloat)
    {
        if (!double.IsFinite(number))
            json.WriteStringValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        else if (isFloat && number == Math.Truncate(number) && Math.Abs(number) < 1e15)
            json.WriteRawValue($"{number:F1}");
        else
            json.WriteNumberValue(number);
    }

    private void WriteImage(ImageValue image)
    {
        var pixels = image.Decode();
        var (height, width) = (pixels.Height, pixels.Width);
        json.WriteStartObject();
        WriteArray("shape", [height, width, pixels.Channels]);
        WriteArray(pixels.Channels == 3 ? "mean_rgb" : "mean", [.. pixels.ChannelMeans().Select(mean => Math.Round(mean, 4))]);
        json.WriteStartObject("pixels");
        foreach (var (y, x) in new[] { (0, 0), (height / 2, width / 3), (height - 1, width - 1), (height / 4, width / 2) }.Distinct())
            WriteArray($"{y},{x}", [.. Enumerable.Range(0, pixels.Channels).Select(c => pixels.Tensor[(y * width + x) * pixels.Channels + c])]);
        json.WriteEndObject();
        if (image is StoredImage { Bytes: var bytes })
        {
            var format = ImageHeader.Read(bytes.Span, "image").Format.ToString().ToLowerInvariant();
            json.WriteString($"{format}_sha256", Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
        }
        json.WriteEndObject();
    }

    private void WriteArray(string name, double[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
