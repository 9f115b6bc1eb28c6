using Rt1.Core;
using Rt1.Vision;

namespace Rt1.Data;

/// <summary>What a conversion did.</summary>
/// <param name="Faults">Episodes that could not be read and are not in the new dataset.</param>
public sealed record ConversionReport(long EpisodeCount, long StepCount, IReadOnlyList<DataFault> Faults);

/// <summary>Writes any dataset that is read here as RLDS. Stored images are copied as they are; frames of videos become JPEGs.</summary>
public static class DatasetConverter
{
    /// <param name="folder">The new dataset's folder; must not exist yet.</param>
    /// <param name="progress">Called after each episode with the number so far.</param>
    /// <exception cref="Rt1Exception">The folder is there already, or no episode could be read.</exception>
    public static ConversionReport ToRlds(
        IEpisodeDataset source, string folder, string? name = null, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var faults = new List<DataFault>();
        var (episodes, steps) = (0L, 0L);
        using var writer = new RldsWriter(folder, name ?? source.Name, source.Features, description: $"Converted from {source.Format} by Rt1.");
        foreach (var split in source.Splits)
        {
            foreach (var read in source.Read(split))
            {
                cancellation.ThrowIfCancellationRequested();
                if (read.Fault is { } fault)
                {
                    faults.Add(fault);
                    continue;
                }
                writer.Write((StructValue)Store(read.Episode!.Values), split.Name);
                steps += read.Episode.Steps.Count;
                episodes++;
                progress?.Invoke(episodes);
            }
        }
        if (episodes == 0)
            throw new Rt1Exception($"{source.Folder}: no episode can be converted{(faults.Count > 0 ? $"; the first fault: {faults[0]}" : "")}");
        writer.Complete();
        return new ConversionReport(episodes, steps, faults);
    }

    private static FeatureValue Store(FeatureValue value) => value switch
    {
        StructValue s => new StructValue([.. s.Fields.Select(f => KeyValuePair.Create(f.Key, Store(f.Value)))]),
        SequenceValue q => new SequenceValue([.. q.Items.Select(Store)]),
        ImageValue and not StoredImage => Encode(((ImageValue)value).Decode()),
        _ => value,
    };

    private static StoredImage Encode(PixelImage image)
    {
        var frame = new Frame { Height = image.Height, Width = image.Width, Pixels = image.Pixels };
        return new StoredImage(ImageCodec.EncodeJpeg(frame), new ImageSpec(ElementType.UInt8, image.Height, image.Width, 3, ImageFormat.Jpeg));
    }
}
