namespace Rt1.Training.Tests;

/// <summary>Keeps metrics in memory.</summary>
internal sealed class MetricList : IMetricSink
{
    public List<(long Step, string Name, double Value)> Scalars { get; } = [];

    public List<(long Step, int Height, int Width, byte[] Pixels)> Images { get; } = [];

    public IEnumerable<double> Of(string name) => Scalars.Where(s => s.Name == name).Select(s => s.Value);

    public void Scalar(long step, string name, double value) => Scalars.Add((step, name, value));

    public void Image(long step, string name, int height, int width, byte[] rgb) => Images.Add((step, height, width, rgb));

    public void Flush()
    {
    }
}
