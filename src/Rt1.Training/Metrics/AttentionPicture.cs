using Rt1.Data;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>A window's frames, and beside each the maps of TokenLearner's first three tokens over it.</summary>
internal static class AttentionPicture
{
    /// <returns>RGB, a row for each step: the frame, then the three maps.</returns>
    public static (int Height, int Width, byte[] Pixels) Of(Learner learner, WindowBatch batch)
    {
        var maps = Maps(learner, batch);
        var size = learner.Network.MapSize;
        var (height, width) = (batch.Steps * batch.Height, (1 + Keypoints.Count) * batch.Width);
        var pixels = new byte[height * width * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (step, row, column) = (y / batch.Height, y % batch.Height, x % batch.Width);
                var frame = batch.Images.Slice(((step * batch.Height + row) * batch.Width + column) * 3, 3);
                var target = pixels.AsSpan((y * width + x) * 3, 3);
                if (x < batch.Width)
                    frame.CopyTo(target);
                else
                    Blend(frame, maps[((step * Keypoints.Count + x / batch.Width - 1) * size + row * size / batch.Height) * size + column * size / batch.Width], target);
            }
        }
        return (height, width, pixels);
    }

    /// <summary>The maps of the first sample, each from 0 to 1, (T, 3, s, s).</summary>
    private static float[] Maps(Learner learner, WindowBatch batch)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var maps = learner.Attention(batch).narrow(2, 0, Keypoints.Count).transpose(1, 2).narrow(0, 0, batch.Steps).softmax(-1);
        return (maps / maps.amax([-1], keepdim: true)).to(ScalarType.Float32).contiguous().cpu().data<float>().ToArray();
    }

    private static void Blend(ReadOnlySpan<byte> frame, float attention, Span<byte> target)
    {
        for (var channel = 0; channel < 3; channel++)
            target[channel] = (byte)(0.5 * frame[channel] * (1 - attention) + 255 * attention * (channel == 0 ? 1 : channel == 1 ? 0.7 : 0));
    }
}
