using Rt1.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Instructions;

/// <summary>Encodes instructions with a network's word vectors, on the processor.</summary>
public sealed class LearnedInstructionEncoder : IInstructionEncoder
{
    private readonly InstructionWords _words;

    /// <param name="words">The network's own; it must stay on the processor, or be moved there.</param>
    /// <param name="width">The network's context size.</param>
    public LearnedInstructionEncoder(InstructionWords words, int width) => (_words, Width) = (words, width);

    public int Width { get; }

    public float[] Encode(string instruction)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var counts = new float[_words.Words.Count];
        _words.Count(instruction, counts);
        return _words.call(tensor(counts, [1, counts.Length], device: _words.parameters().First().device)).cpu().data<float>().ToArray();
    }
}
