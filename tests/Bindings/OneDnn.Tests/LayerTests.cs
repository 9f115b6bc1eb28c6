namespace OneDnn.Tests;

/// <summary>Every layer against plain loops in double.</summary>
public sealed class LayerTests
{
    private readonly Random _random = new(1);

    public static TheoryData<ConvolutionShape> Shapes => new(
        new ConvolutionShape(7, 9, 3, 8, Kernel: 1),
        new ConvolutionShape(12, 10, 3, 40, Kernel: 3, Stride: 2, PadBefore: 0, PadAfter: 1),
        new ConvolutionShape(9, 9, 24, 24, Kernel: 3, Groups: 24, PadBefore: 1, PadAfter: 1),
        new ConvolutionShape(19, 19, 20, 20, Kernel: 5, Stride: 2, Groups: 20, PadBefore: 1, PadAfter: 2));

    [Theory, MemberData(nameof(Shapes))]
    public void Convolution_OfAnyShape_EqualsPlainLoops(ConvolutionShape shape)
    {
        var weights = Noise(shape.Out * shape.In / shape.Groups * shape.Kernel * shape.Kernel);
        var bias = Noise(shape.Out);
        using var layer = Layer.Convolution(shape, default, weights, bias);
        var input = Noise(layer.InputLength);
        var output = new float[layer.OutputLength];

        layer.Run(input, output);

        AssertClose(Convolve(shape, weights, bias, input), output);
    }

    [Fact]
    public void Convolution_WithEverythingFused_AddsThenActivatesThenModulates()
    {
        var shape = new ConvolutionShape(5, 4, 16, 24, Kernel: 1);
        var (weights, bias, scale, shift) = (Noise(24 * 16), Noise(24), Noise(24), Noise(24));
        using var layer = Layer.Convolution(shape, new Fusion { Accumulate = true, Activation = Activation.Swish, Modulate = true }, weights, bias);
        var (input, before) = (Noise(layer.InputLength), Noise(layer.OutputLength));
        layer.Modulate(scale, shift);
        var output = before.ToArray();

        layer.Run(input, output);

        var product = Convolve(shape, weights, bias, input);
        var expected = product.Select((p, i) => Swish(p + before[i]) * scale[i % 24] + shift[i % 24]);
        AssertClose([.. expected], output);
    }

    [Fact]
    public void Linear_WithGelu_EqualsPlainLoops()
    {
        var (weights, bias, input) = (Noise(6 * 10), Noise(6), Noise(4 * 10));
        using var layer = Layer.Linear(4, new Fusion { Activation = Activation.GeluTanh }, weights, bias);
        var output = new float[layer.OutputLength];

        layer.Run(input, output);

        var expected = new double[4 * 6];
        for (var r = 0; r < 4; r++)
        {
            for (var o = 0; o < 6; o++)
                expected[r * 6 + o] = Gelu(bias[o] + Enumerable.Range(0, 10).Sum(i => (double)weights[o * 10 + i] * input[r * 10 + i]));
        }
        AssertClose(expected, output);
    }

    [Fact]
    public void Channels_MeansAndGate_EqualPlainLoops()
    {
        const int Positions = 37, Count = 19;
        var (map, logit, mean) = (Noise(Positions * Count), Noise(Count), new float[Count]);
        var before = map.ToArray();

        Channels.Means(map, mean);
        Channels.Gate(map, logit);

        AssertClose([.. Enumerable.Range(0, Count).Select(c => Enumerable.Range(0, Positions).Average(p => (double)before[p * Count + c]))], mean);
        AssertClose([.. before.Select((x, i) => x / (1 + Math.Exp(-logit[i % Count])))], map);
    }

    [Fact]
    public void Run_WithWrongLength_SaysExpectedAndGot()
    {
        using var layer = Layer.Linear(2, default, Noise(6), Noise(3));
        var e = Assert.Throws<ArgumentException>(() => layer.Run(new float[5], new float[6]));
        Assert.Contains("expected 4 floats, got 5", e.Message);
    }

    [Fact]
    public void Modulate_OfALayerWithout_IsRefused()
    {
        using var layer = Layer.Linear(2, default, Noise(6), Noise(3));
        Assert.Throws<InvalidOperationException>(() => layer.Modulate(new float[3], new float[3]));
    }

    [Fact]
    public void Convolution_WithImpossibleShape_ThrowsTheLibrarysMessage()
    {
        var shape = new ConvolutionShape(2, 2, 4, 4, Kernel: 5);
        var e = Assert.Throws<OneDnnException>(() => Layer.Convolution(shape, default, Noise(400), Noise(4)));
        Assert.Contains("oneDNN", e.Message);
    }

    private static double[] Convolve(ConvolutionShape s, float[] weights, float[] bias, float[] input)
    {
        var (perGroupIn, perGroupOut) = (s.In / s.Groups, s.Out / s.Groups);
        var output = new double[s.OutHeight * s.OutWidth * s.Out];
        for (var i = 0; i < output.Length; i++)
        {
            var (o, x, y) = (i % s.Out, i / s.Out % s.OutWidth, i / s.Out / s.OutWidth);
            double sum = bias[o];
            for (var c = 0; c < perGroupIn; c++)
            {
                for (var k = 0; k < s.Kernel * s.Kernel; k++)
                {
                    var (row, column) = (y * s.Stride - s.PadBefore + k / s.Kernel, x * s.Stride - s.PadBefore + k % s.Kernel);
                    if (row < 0 || row >= s.Height || column < 0 || column >= s.Width)
                        continue;
                    var channel = o / perGroupOut * perGroupIn + c;
                    sum += (double)weights[(o * perGroupIn + c) * s.Kernel * s.Kernel + k] * input[(row * s.Width + column) * s.In + channel];
                }
            }
            output[i] = sum;
        }
        return output;
    }

    private static double Swish(double x) => x / (1 + Math.Exp(-x));

    private static double Gelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    private float[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(_random.NextDouble() * 2 - 1))];

    private static void AssertClose(double[] expected, float[] got)
    {
        Assert.Equal(expected.Length, got.Length);
        for (var i = 0; i < got.Length; i++)
            Assert.True(Math.Abs(expected[i] - got[i]) < 1e-5 * (1 + Math.Abs(expected[i])), $"[{i}]: expected {expected[i]}, got {got[i]}");
    }
}
