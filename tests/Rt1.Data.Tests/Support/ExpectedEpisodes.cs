using System.Text.Json;

namespace Rt1.Data.Tests;

/// <summary>Compares our JSON of a dataset with what the format's own reader said: numbers exactly, decoded pixels within a tolerance.</summary>
internal sealed class ExpectedEpisodes(double meanTolerance, double pixelTolerance)
{
    /// <summary>How many numbers, texts and hashes were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Every value that is expected must be there; values may be there that are not expected.</summary>
    public void AssertContains(JsonElement expected, JsonElement actual, string path = "")
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGetProperty(property.Name, out var value), $"{path} lacks '{property.Name}'.");
                    AssertContains(property.Value, value, $"{path}/{property.Name}");
                }
                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), $"{path}: expected {expected.GetArrayLength()} items, got {actual.GetArrayLength()}.");
                foreach (var (i, (e, a)) in expected.EnumerateArray().Zip(actual.EnumerateArray()).Index())
                    AssertContains(e, a, $"{path}[{i}]");
                break;
            case JsonValueKind.Number:
                var difference = Math.Abs(expected.GetDouble() - actual.GetDouble());
                Assert.True(difference <= ToleranceAt(path), $"{path}: expected {expected}, got {actual}.");
                Compared++;
                break;
            default:
                Assert.True(expected.ValueKind == actual.ValueKind && expected.ToString() == actual.ToString(), $"{path}: expected {expected}, got {actual}.");
                Compared++;
                break;
        }
    }

    private double ToleranceAt(string path) =>
        path.Contains("/mean_rgb[") ? meanTolerance : path.Contains("/pixels/") ? pixelTolerance : 0;
}
