using Rt1.Core;
using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Inference;

/// <summary>
/// RT-1's control steps on tensors: frames and an instruction's embedding to logits, with the history that lies between. The image tokens of
/// earlier steps are kept, so each frame passes the convolutional network once.
/// </summary>
public sealed class PolicyRunner : IDisposable
{
    private readonly Rt1Network _network;
    private readonly InferenceTokenizer _tokenizer;
    private readonly InferenceTransformer _transformer;
    private readonly Queue<Tensor> _history = new();

    /// <param name="network">The network; it belongs to the runner from here on and is put into evaluation mode.</param>
    public PolicyRunner(Rt1Network network)
    {
        _network = network;
        _network.eval();
        _tokenizer = new InferenceTokenizer(network.ImageTokenizer, network.Config.Image.Size);
        _transformer = new InferenceTransformer(network.Transformer, network.Layout);
    }

    /// <summary>Steps in the history, the newest included; at most the window.</summary>
    public int HistoryLength => _history.Count;

    /// <summary>Starts an episode: takes the instruction's embedding and forgets the history.</summary>
    /// <param name="embedding">The embedding, of the network's context size.</param>
    /// <exception cref="ArgumentException">The embedding has another length.</exception>
    public void Begin(ReadOnlySpan<float> embedding)
    {
        var expected = _network.Config.Network.ContextSize;
        if (embedding.Length != expected)
            throw new ArgumentException($"expected an embedding of {expected} numbers, got {embedding.Length}.", nameof(embedding));
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        _tokenizer.Condition(tensor(embedding.ToArray(), [1, expected]));
        Forget();
    }

    /// <summary>One control step.</summary>
    /// <param name="pixels">An RGB frame of the configured height and width, row by row.</param>
    /// <returns>Logits (A, V), row by row.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Begin"/> was never called.</exception>
    public float[] Step(ReadOnlySpan<byte> pixels)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        AddToHistory(Tokenize(pixels));
        return Decide().data<float>().ToArray();
    }

    /// <summary>The frame's image tokens in the transformer's width, (K, D).</summary>
    internal Tensor Tokenize(ReadOnlySpan<byte> pixels)
    {
        var frame = empty([1, _network.Config.Image.Height, _network.Config.Image.Width, 3], ScalarType.Byte);
        pixels.CopyTo(frame.bytes);
        return _transformer.Embed(_tokenizer.Tokenize(frame));
    }

    internal void AddToHistory(Tensor embeddedTokens)
    {
        if (_history.Count == _network.Config.Network.Window)
            _history.Dequeue().Dispose();
        _history.Enqueue(embeddedTokens.DetachFromDisposeScope());
    }

    /// <summary>The newest step's logits (A, V).</summary>
    internal Tensor Decide() => _transformer.Run([.. _history]);

    private void Forget()
    {
        while (_history.TryDequeue(out var tokens))
            tokens.Dispose();
    }

    public void Dispose()
    {
        Forget();
        _tokenizer.Dispose();
        _transformer.Dispose();
        _network.Dispose();
    }
}
