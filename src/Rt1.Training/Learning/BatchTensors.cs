using Rt1.Core;
using Rt1.Data;
using static TorchSharp.torch;

namespace Rt1.Training;

// B samples, T steps, A action tokens per step

/// <summary>A batch as the loss needs it, on the device that computes.</summary>
/// <param name="Images">(B, T, H, W, 3) uint8.</param>
/// <param name="Tokens">The demonstrated action tokens (B, T, A), int64.</param>
/// <param name="IsReal">(B, T); 1 where a step is real, 0 where it pads a short episode.</param>
internal sealed record BatchTensors(Tensor Images, Tensor Tokens, Tensor IsReal)
{
    /// <summary>Copies a batch; the tensors belong to the caller's dispose scope.</summary>
    public static BatchTensors Of(WindowBatch batch, ActionSpace space, Device device)
    {
        var images = empty([batch.Size, batch.Steps, batch.Height, batch.Width, 3], ScalarType.Byte);
        batch.Images.CopyTo(images.bytes);
        var tokens = new long[batch.Actions.Length * space.TokenCount];
        for (var i = 0; i < batch.Actions.Length; i++)
        {
            foreach (var (place, token) in space.Tokenize(batch.Actions[i]).Index())
                tokens[i * space.TokenCount + place] = token;
        }
        float[] real = [.. batch.IsValid.Select(valid => valid ? 1f : 0f)];
        return new BatchTensors(
            images.to(device),
            tensor(tokens, [batch.Size, batch.Steps, space.TokenCount]).to(device),
            tensor(real, [batch.Size, batch.Steps]).to(device));
    }
}
