using Rt1.Core;
using Rt1.Model.Inference.Fused;
using Rt1.Model.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Model.Inference;

/// <summary>
/// RT-1's control steps: frames and an instruction's embedding to logits, with the history that lies between. The image tokens of
/// earlier steps are kept, so each frame passes the convolutional network once; the window fills from its start, and moves on once it is full.
/// </summary>
public sealed class PolicyRunner : IDisposable
{
    private readonly Rt1Network _network;
    private readonly IStepNetwork _step;
    private readonly float[] _window;
    private readonly float[] _logits;
    private readonly int _tokensLength, _mapSize;
    private bool _conditioned;

    /// <param name="network">The network; it belongs to the runner from here on and is put into evaluation mode.</param>
    /// <param name="device">Where it runs; null is the processor.</param>
    public PolicyRunner(Rt1Network network, Device? device = null)
    {
        using var inference = inference_mode();
        _network = network;
        _network.eval();
        var layout = network.Layout;
        _tokensLength = layout.ImageTokens * network.Config.Network.EmbeddingSize;
        _window = new float[layout.Steps * _tokensLength];
        _mapSize = BlockShape.MapSize(network.Config.Network.Backbone, network.Config.Image.Size);
        _logits = new float[layout.ActionSlots * network.ActionSpace.VocabularySize];
        _step = device is null || device.type == DeviceType.CPU ? new FusedStepNetwork(network) : new EagerStepNetwork(network.to(device), device);
        WarmUp();
    }

    /// <summary>Steps in the history, the newest included; at most the window.</summary>
    public int HistoryLength { get; private set; }

    /// <summary>Whether steps also give <see cref="Attention"/>.</summary>
    public bool GivesAttention { get; set; }

    /// <summary>Where TokenLearner looked in the newest frame; null unless it was asked for.</summary>
    public AttentionMaps? Attention { get; private set; }

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
        _step.Condition(tensor(embedding.ToArray(), [1, expected]));
        _conditioned = true;
        Forget();
    }

    /// <summary>One control step.</summary>
    /// <param name="pixels">An RGB frame of the configured height and width, row by row.</param>
    /// <returns>Logits (A, V), row by row.</returns>
    /// <exception cref="ArgumentException">There are more or fewer pixels than that; the history is as it was.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Begin"/> was never called.</exception>
    public float[] Step(ReadOnlySpan<byte> pixels)
    {
        if (!_conditioned)
            throw new InvalidOperationException("Begin must be called before Step.");
        using var inference = inference_mode();
        Tokenize(pixels);
        return Decide();
    }

    public void Dispose()
    {
        _step.Dispose();
        _network.Dispose();
    }

    /// <summary>Adds the frame's image tokens to the history.</summary>
    internal void Tokenize(ReadOnlySpan<byte> pixels)
    {
        var image = _network.Config.Image;
        if (pixels.Length != image.Height * image.Width * 3)
            throw new ArgumentException($"expected {image.Height}×{image.Width}×3 bytes, got {pixels.Length}.", nameof(pixels));
        if (HistoryLength * _tokensLength == _window.Length)
            _window.AsSpan(_tokensLength).CopyTo(_window);
        else
            HistoryLength++;
        using var scope = NewDisposeScope();
        var frame = empty([1, image.Height, image.Width, 3], ScalarType.Byte);
        pixels.CopyTo(frame.bytes);
        var attention = GivesAttention ? new float[_network.Layout.ImageTokens * _mapSize * _mapSize] : [];
        _step.Tokenize(frame, _window.AsSpan((HistoryLength - 1) * _tokensLength, _tokensLength), attention);
        Attention = GivesAttention ? new AttentionMaps(_network.Layout.ImageTokens, _mapSize, _mapSize, attention) : null;
    }

    /// <summary>The newest step's logits (A, V).</summary>
    internal float[] Decide()
    {
        _step.Decide(_window, HistoryLength - 1, _logits);
        return [.. _logits];
    }

    /// <summary>The first step is slow, for code is compiled and kernels are chosen: it must not be the robot's.</summary>
    private void WarmUp()
    {
        Begin(new float[_network.Config.Network.ContextSize]);
        Step(new byte[_network.Config.Image.Height * _network.Config.Image.Width * 3]);
        Forget();
        _conditioned = false;
    }

    private void Forget()
    {
        HistoryLength = 0;
        Array.Clear(_window);
    }
}
