using System.Buffers;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>A training batch: B samples of T consecutive steps. Dispose it to give its memory back.</summary>
public sealed class WindowBatch : IDisposable
{
    private byte[]? _images;

    internal WindowBatch(int size, int steps, int height, int width)
    {
        (Size, Steps, Height, Width) = (size, steps, height, width);
        _images = ArrayPool<byte>.Shared.Rent(checked(size * SampleBytes));
        Actions = new RobotAction[size * steps];
        IsValid = new bool[size * steps];
        Keypoints = new Keypoints[size * steps];
        Instructions = new string[size];
        Embeddings = new float[size][];
        Samples = new SampleId[size];
    }

    public int Size { get; }

    public int Steps { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>RGB bytes, (B, T, Height, Width, 3); zeros where a step is padding.</summary>
    public Span<byte> Images => (_images ?? throw new ObjectDisposedException(nameof(WindowBatch))).AsSpan(0, Size * SampleBytes);

    /// <summary>(B, T); where a step is padding, an action without meaning.</summary>
    public RobotAction[] Actions { get; }

    /// <summary>(B, T); false where the episode was shorter than the window: such a step has no loss.</summary>
    public bool[] IsValid { get; }

    /// <summary>(B, T); in the images as they are here, with the crop. Nothing to be seen where a step is padding.</summary>
    public Keypoints[] Keypoints { get; }

    /// <summary>(B).</summary>
    public string[] Instructions { get; }

    /// <summary>(B); the datasets' own embeddings of the instructions, null where a dataset has none.</summary>
    public float[]?[] Embeddings { get; }

    /// <summary>(B); the samples of a dataset stand together, in the order of the mixture.</summary>
    public SampleId[] Samples { get; }

    /// <summary>The mixture's state behind this batch: a sampler that is given it goes on with the next one.</summary>
    public MixtureState State { get; internal set; } = new();

    private int SampleBytes => checked(Steps * Height * Width * 3);

    public void Dispose()
    {
        if (_images is { } images)
            ArrayPool<byte>.Shared.Return(images);
        _images = null;
    }
}
