using System.Globalization;

namespace Rt1.Data;

/// <summary>A path of a configuration, such as <c>steps/action[6]</c>.</summary>
/// <param name="Field">The feature, as the dataset names it.</param>
/// <param name="Name">The path inside of a step or of the episode.</param>
/// <param name="IsOfStep">True when the value is one of each step.</param>
/// <param name="Index">The number's position in its tensor.</param>
internal sealed record ValuePath(string Field, string Name, bool IsOfStep, int Index)
{
    private const string StepPrefix = $"{DatasetEpisode.StepsField}/";

    public static ValuePath Parse(string text)
    {
        var bracket = text.EndsWith(']') ? text.LastIndexOf('[') : -1;
        var hasIndex = int.TryParse(bracket < 0 ? "" : text[(bracket + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        var field = hasIndex ? text[..bracket] : text;
        var ofStep = field.StartsWith(StepPrefix, StringComparison.Ordinal);
        return new ValuePath(field, ofStep ? field[StepPrefix.Length..] : field, ofStep, index);
    }

    /// <exception cref="KeyNotFoundException">There is no such value, or it is of another kind.</exception>
    public T Find<T>(DatasetEpisode episode, StructValue step) where T : FeatureValue => (IsOfStep ? step : episode.Values).Get<T>(Name);

    /// <exception cref="KeyNotFoundException">There is no such number.</exception>
    public double Number(DatasetEpisode episode, StructValue step)
    {
        var tensor = Find<TensorValue>(episode, step);
        return Index < tensor.Count ? tensor[Index] : throw new KeyNotFoundException($"'{Field}' has {tensor.Count} numbers, there is no [{Index}].");
    }
}
