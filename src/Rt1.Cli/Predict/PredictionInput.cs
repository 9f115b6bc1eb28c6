using Rt1.Core;
using Rt1.Data;
using Rt1.Model.Checkpoints;
using Rt1.Vision;
using static TorchSharp.torch;

namespace Rt1.Cli.Predict;

/// <summary>One frame, with a new instruction or embedding where an episode starts or its instruction changes.</summary>
internal sealed record PredictionStep(Frame Image, string? Instruction = null, float[]? Embedding = null);

/// <summary>The frames that a policy is run over.</summary>
/// <param name="steps">The frames, read as they are asked for.</param>
/// <param name="source">What is closed at the end.</param>
internal sealed class PredictionInput(IEnumerable<PredictionStep> steps, IDisposable? source = null) : IDisposable
{
    public IEnumerable<PredictionStep> Steps { get; } = steps;

    /// <param name="path">A recorded episode, an image folder, or a safetensors file.</param>
    /// <param name="instruction">Needed for an image folder; elsewhere it replaces what was recorded.</param>
    /// <exception cref="Rt1Exception">It is none of the three, or it lacks what is needed.</exception>
    public static PredictionInput Open(string path, string? instruction)
    {
        if (RecordedEpisode.IsEpisode(path))
            return FromRecording(RecordedEpisode.Open(path), instruction);
        if (Directory.Exists(path))
            return FromImages(path, instruction);
        if (!File.Exists(path))
            throw new Rt1Exception($"{path}: no such file or folder; --episode takes a recorded episode, an image folder or a safetensors file.");
        return FromTensors(SafetensorsFile.Open(path), instruction);
    }

    public void Dispose() => source?.Dispose();

    private static PredictionInput FromRecording(RecordedEpisode episode, string? instruction)
    {
        var images = episode.Steps.Select(step => step.ReadFrame()).OfType<Frame>();
        return new(WithInstruction(images, instruction ?? episode.Header.Instruction));
    }

    private static PredictionInput FromImages(string folder, string? instruction)
    {
        if (instruction is null)
            throw new Rt1Exception($"{folder}: a folder of images has no instruction of its own; give one with --instruction.");
        var source = new ImageFolderFrameSource(folder, new FrameSourceOptions(), TimeProvider.System);
        return new(WithInstruction(Frames(source), instruction), source);
    }

    private static PredictionInput FromTensors(SafetensorsFile file, string? instruction)
    {
        using var scope = NewDisposeScope();
        var images = file.Read("image");
        if (images.dtype != ScalarType.Byte || images.dim() != 4 || images.shape[3] != 3)
            throw new Rt1Exception($"{file.Path}: 'image' must be uint8 (S, H, W, 3), got {images.dtype} ({string.Join(", ", images.shape)}).");
        var frames = Frames(images);
        if (instruction is not null)
            return new(WithInstruction(frames, instruction), file);

        var embeddings = file.Read("natural_language_embedding").to(ScalarType.Float32);
        if (embeddings.dim() == 2 && embeddings.shape[0] != images.shape[0])
            throw new Rt1Exception($"{file.Path}: 'natural_language_embedding' has {embeddings.shape[0]} rows for {images.shape[0]} images.");
        var rows = embeddings.dim() == 1 ? [embeddings.data<float>().ToArray()] : embeddings.unbind().Select(row => row.data<float>().ToArray()).ToArray();
        return new(frames.Select((frame, i) =>
        {
            var row = rows[Math.Min(i, rows.Length - 1)];
            var changed = i == 0 || i < rows.Length && !row.AsSpan().SequenceEqual(rows[i - 1]);
            return new PredictionStep(frame, Embedding: changed ? row : null);
        }), file);
    }

    private static IEnumerable<PredictionStep> WithInstruction(IEnumerable<Frame> frames, string instruction) =>
        frames.Select((frame, i) => new PredictionStep(frame, Instruction: i == 0 ? instruction : null));

    private static IEnumerable<Frame> Frames(IFrameSource source)
    {
        while (!source.IsExhausted && source.Next(TimeSpan.Zero, TimeSpan.Zero) is { } frame)
            yield return frame;
    }

    private static List<Frame> Frames(Tensor images)
    {
        var (count, height, width) = ((int)images.shape[0], (int)images.shape[1], (int)images.shape[2]);
        var pixels = images.data<byte>().ToArray();
        return [.. Enumerable.Range(0, count).Select(i => new Frame
        {
            Height = height,
            Width = width,
            Sequence = i,
            Pixels = pixels[(i * height * width * 3)..((i + 1) * height * width * 3)],
        })];
    }
}
