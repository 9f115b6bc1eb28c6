namespace OneDnn;

/// <summary>What squeeze-and-excitation does to a channels-last map (positions, channels).</summary>
public static unsafe class Channels
{
    /// <summary>mean[c] = the mean of channel c over the positions.</summary>
    public static void Means(ReadOnlySpan<float> map, Span<float> mean)
    {
        Require(map.Length, mean.Length);
        fixed (float* m = map, t = mean)
            Native.rt1_onednn_channel_means(m, map.Length / mean.Length, mean.Length, t);
    }

    /// <summary>Multiplies channel c by sigmoid(logit[c]), in place.</summary>
    public static void Gate(Span<float> map, ReadOnlySpan<float> logit)
    {
        Require(map.Length, logit.Length);
        fixed (float* m = map, g = logit)
            Native.rt1_onednn_gate_channels(m, map.Length / logit.Length, logit.Length, g);
    }

    private static void Require(int length, int channels)
    {
        if (channels == 0 || length % channels != 0)
            throw new ArgumentException($"a map of {length} floats has no whole number of positions of {channels} channels.");
    }
}
