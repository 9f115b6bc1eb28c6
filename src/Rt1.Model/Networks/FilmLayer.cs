using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rt1.Model.Networks;

/// <summary>
/// Feature-wise linear modulation (arXiv 1709.07871) as RT-1 has it: (1 + mult(c))·x + add(c), both dense layers zero at the start,
/// so that a network with pretrained weights begins unchanged.
/// </summary>
internal sealed class FilmLayer : Module<Tensor, Tensor, Tensor>
{
    public FilmLayer(int contextSize, int channels) : base(nameof(FilmLayer))
    {
        Mult = Linear(contextSize, channels);
        Add = Linear(contextSize, channels);
        register_module("mult", Mult);
        register_module("add", Add);
    }

    public Linear Mult { get; }

    public Linear Add { get; }

    /// <param name="x">Feature map (N, C, H, W).</param>
    /// <param name="context">Instruction embeddings (N, context size).</param>
    public override Tensor forward(Tensor x, Tensor context)
    {
        var (scale, shift) = Factors(context);
        return x * scale.unsqueeze(-1).unsqueeze(-1) + shift.unsqueeze(-1).unsqueeze(-1);
    }

    /// <summary>1 + mult(c) and add(c), each (N, C).</summary>
    public (Tensor Scale, Tensor Shift) Factors(Tensor context) => (Mult.call(context) + 1, Add.call(context));
}
