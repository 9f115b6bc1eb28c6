using Rt1.Core;

namespace Rt1.Training;

/// <summary>Means over a log interval.</summary>
/// <param name="interval">What a resumed run has of it already.</param>
internal sealed class MetricMeter(ActionSpace space, IReadOnlyList<StepResult> interval)
{
    private readonly List<StepResult> _steps = [.. interval];
    private double _waited;

    /// <summary>The steps of the interval so far.</summary>
    public IReadOnlyList<StepResult> Interval => [.. _steps];

    public void Add(StepResult step, TimeSpan waited)
    {
        _steps.Add(step);
        _waited += waited.TotalSeconds;
    }

    /// <summary>The mean loss of the interval.</summary>
    public double Loss => _steps.Average(s => s.Loss);

    /// <summary>Gives the interval's metrics and begins a new one.</summary>
    /// <param name="images">Images of an optimizer step, all workers together.</param>
    /// <param name="zeroed">Gradient numbers set to zero since the run began.</param>
    public IReadOnlyList<(string Name, double Value)> Take(double learningRate, long images, long zeroed)
    {
        var seconds = _steps.Sum(s => s.Times.Total) + _waited;
        var values = new List<(string, double)>
        {
            (MetricNames.Loss, _steps.Average(s => s.Loss)),
            (MetricNames.TokenLoss, _steps.Average(s => s.TokenLoss)),
            (MetricNames.AttentionLoss, _steps.Average(s => s.AttentionLoss)),
            (MetricNames.LearningRate, learningRate),
            (MetricNames.GradientNorm, _steps.Average(s => s.GradientNorm)),
            (MetricNames.ZeroedGradients, zeroed),
            (MetricNames.StepSeconds, seconds / _steps.Count),
            (MetricNames.ImagesPerSecond, images * _steps.Count / seconds),
            (MetricNames.LoaderShare, _waited / seconds),
        };
        values.AddRange(Quality());
        _steps.Clear();
        _waited = 0;
        return values;
    }

    private IEnumerable<(string, double)> Quality()
    {
        var measured = _steps.Select(s => s.Quality).OfType<PredictionQuality>().ToList();
        if (measured.Count == 0)
            yield break;
        var errors = measured.Select(q => q.TranslationErrorMm).Where(double.IsFinite).ToList();
        if (errors.Count > 0)
            yield return (MetricNames.TranslationError, errors.Average());
        yield return (MetricNames.Accuracy, measured.Average(q => q.Accuracy.Average()));
        for (var i = 0; i < space.TokenCount; i++)
            yield return (MetricNames.AccuracyOf(space.TokenNames[i]), measured.Average(q => q.Accuracy[i]));
    }
}
