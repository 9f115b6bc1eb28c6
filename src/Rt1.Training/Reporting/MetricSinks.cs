namespace Rt1.Training;

/// <summary>Several sinks as one.</summary>
public sealed class MetricSinks(params IReadOnlyList<IMetricSink> sinks) : IMetricSink, IDisposable
{
    /// <summary>The files of a run: the metric log and TensorBoard's, both in its folder.</summary>
    /// <param name="resumeStep">The step that the run goes on from; 0 at its beginning.</param>
    /// <param name="others">Further sinks.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static MetricSinks ForRun(string folder, TimeProvider time, long resumeStep, params IReadOnlyList<IMetricSink> others) =>
        new([new MetricLog(folder, resumeStep), new TensorBoardWriter(folder, time, resumeStep), .. others]);

    public void Scalar(long step, string name, double value)
    {
        foreach (var sink in sinks)
            sink.Scalar(step, name, value);
    }

    public void Image(long step, string name, int height, int width, byte[] rgb)
    {
        foreach (var sink in sinks)
            sink.Image(step, name, height, width, rgb);
    }

    public void Flush()
    {
        foreach (var sink in sinks)
            sink.Flush();
    }

    public void Dispose()
    {
        foreach (var sink in sinks.OfType<IDisposable>())
            sink.Dispose();
    }
}
