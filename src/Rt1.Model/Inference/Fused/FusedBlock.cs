using OneDnn;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Inference.Fused;

/// <summary>
/// An inverted-residual block with its FiLM, in three or four sweeps over memory: expansion, depthwise convolution, gate, and a projection that
/// adds the residual and applies FiLM as it writes.
/// </summary>
internal sealed class FusedBlock : IDisposable
{
    private readonly MbConvBlock _module;
    private readonly Layer? _expand;
    private readonly Layer? _depthwise;
    private readonly Layer? _reduce;
    private readonly Layer? _gate;
    private readonly Layer _project;
    private readonly float[] _means;
    private readonly float[] _squeezed;

    public FusedBlock(MbConvBlock module, int size)
    {
        var shape = module.Shape;
        var swish = new Fusion { Activation = Activation.Swish };
        _module = module;
        OutputSize = size / shape.Stride;
        _expand = module.Expand is null ? null : Folding.Convolution(module.Expand, size, swish);
        _depthwise = module.Depthwise is null ? null : Folding.Convolution(module.Depthwise, size, swish);
        _reduce = module.Squeeze is null ? null : Folding.Pointwise(module.Squeeze.Reduce, positions: 1, swish);
        _gate = module.Squeeze is null ? null : Folding.Pointwise(module.Squeeze.Expand, positions: 1, default);
        _project = Folding.Convolution(module.Project, OutputSize, new Fusion { Accumulate = shape.Residual, Modulate = true });
        _means = new float[shape.Expanded];
        _squeezed = new float[shape.Squeezed];
    }

    /// <summary>Rows and columns of the output map.</summary>
    public int OutputSize { get; }

    /// <summary>Whether the block writes over its input.</summary>
    public bool InPlace => _module.Shape.Residual;

    public int OutputLength => _project.OutputLength;

    /// <summary>Floats of the largest map inside the block.</summary>
    public int InnerLength => Math.Max(_expand?.OutputLength ?? 0, _project.InputLength);

    /// <summary>Takes an instruction's FiLM factors.</summary>
    public void SetContext(Tensor context)
    {
        var (scale, shift) = _module.Film.Factors(context);
        _project.Modulate(Folding.Floats(scale), Folding.Floats(shift));
    }

    /// <param name="map">The input; also the output when <see cref="InPlace"/>.</param>
    /// <param name="output">The output otherwise.</param>
    /// <param name="inner">Two buffers of <see cref="InnerLength"/>.</param>
    public void Run(Span<float> map, Span<float> output, (float[] First, float[] Second) inner)
    {
        var x = map;
        if (_expand is not null)
            x = RunInto(_expand, x, inner.First);
        if (_depthwise is not null)
            x = RunInto(_depthwise, x, inner.Second);
        if (_reduce is not null)
        {
            Channels.Means(x, _means);
            _reduce.Run(_means, _squeezed);
            _gate!.Run(_squeezed, _means);
            Channels.Gate(x, _means);
        }
        _project.Run(x, InPlace ? map : output);
    }

    public void Dispose()
    {
        foreach (var layer in new[] { _expand, _depthwise, _reduce, _gate, _project })
            layer?.Dispose();
    }

    private static Span<float> RunInto(Layer layer, ReadOnlySpan<float> input, float[] buffer)
    {
        var output = buffer.AsSpan(0, layer.OutputLength);
        layer.Run(input, output);
        return output;
    }
}
