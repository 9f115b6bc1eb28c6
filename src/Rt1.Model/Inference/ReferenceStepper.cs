using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Inference;

/// <summary>
/// Control steps as the reference runs them: the training form's operators one by one, image tokens kept between steps, and one transformer
/// pass over the whole window for each action token. Slow by design: the yardstick of the benchmark, and of the test that
/// <see cref="PolicyRunner"/> computes the same.
/// </summary>
internal sealed class ReferenceStepper(Rt1Network network, Tensor context) : IDisposable
{
    private readonly Tensor _window = zeros(1, network.Layout.Steps, network.Layout.ImageTokens, network.Config.Network.EmbeddingSize).DetachFromDisposeScope();
    private int _step = -1;

    /// <param name="frame">(1, H, W, 3) uint8.</param>
    /// <returns>The step's logits (A, V).</returns>
    public Tensor Step(Tensor frame)
    {
        if (_step == network.Layout.Steps - 1)
            _window.copy_(_window.roll(-1, 1));
        _step = Math.Min(_step + 1, network.Layout.Steps - 1);
        _window.narrow(1, _step, 1).copy_(network.TokenizeImages(frame, context).unsqueeze(1));

        var logits = new List<Tensor>();
        for (var slot = 0; slot < network.Layout.ActionSlots; slot++)
            logits.Add(network.Transformer.call(_window).select(0, 0).select(0, _step).narrow(0, slot, 1));
        return cat(logits, 0);
    }

    public void Dispose() => _window.Dispose();
}
