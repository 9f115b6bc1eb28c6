namespace Rt1.Training;

/// <summary>Takes what a run measures: files to look at, a progress line, a test's list. Called by worker 0 only, from one thread.</summary>
public interface IMetricSink
{
    /// <param name="step">Optimizer steps done.</param>
    /// <param name="name">As in <see cref="MetricNames"/>.</param>
    void Scalar(long step, string name, double value);

    /// <param name="rgb">height × width × 3 bytes, row by row.</param>
    void Image(long step, string name, int height, int width, byte[] rgb);

    /// <summary>Makes all that was taken durable; called at every save.</summary>
    void Flush();
}
