namespace Rt1.Link.Tests;

/// <summary>Bytes that look like messages, and are none.</summary>
internal static class Noise
{
    /// <summary>Random bytes, or the message with a few bytes changed, lost, added or repeated.</summary>
    public static byte[] From(Random random, byte[] seed)
    {
        if (random.Next(10) == 0)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }
        var bytes = seed.ToList();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, (byte)random.Next(32, 127)); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(20), bytes.Count - at))); break;
            }
        }
        return [.. bytes];
    }
}
