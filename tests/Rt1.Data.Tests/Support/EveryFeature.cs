using OpenCvSharp;
using Rt1.Vision;

namespace Rt1.Data.Tests;

/// <summary>A synthetic dataset with every supported kind of feature, and random episodes of it.</summary>
internal static class EveryFeature
{
    private static readonly ElementType[] Numbers = [.. Enum.GetValues<ElementType>().Where(t => t != ElementType.Text)];

    public static StructSpec Spec { get; } = new(
        ("episode_id", new TensorSpec(ElementType.Int32)),
        ("success", new TensorSpec(ElementType.Bool)),
        ("file_path", new TextSpec { Description = "Where it came from." }),
        ("task", new ClassLabelSpec(3, ["pick", "place", "push"])),
        ("tags", new SequenceSpec(new TextSpec())),
        ("calibration", new SequenceSpec(new StructSpec(("name", new TextSpec()), ("matrix", new TensorSpec(ElementType.Float64, 2, 2))))),
        ("map", new TensorSpec(ElementType.Float32, [null, null], TensorEncoding.Zlib)),
        ("path", new TensorSpec(ElementType.Float32, [null, 3])),
        ("steps", new SequenceSpec(new StructSpec(
            ("numbers", new StructSpec([.. Numbers.Select(t => KeyValuePair.Create(t.Name(), (FeatureSpec)new TensorSpec(t, 2)))])),
            ("raw", new StructSpec([.. Numbers.Select(t => KeyValuePair.Create(t.Name(), (FeatureSpec)new TensorSpec(t, [2, 3], TensorEncoding.Bytes)))])),
            ("packed", new StructSpec([.. Numbers.Select(t => KeyValuePair.Create(t.Name(), (FeatureSpec)new TensorSpec(t, [3], TensorEncoding.Zlib)))])),
            ("cloud", new TensorSpec(ElementType.Float64, [null, 3], TensorEncoding.Bytes)),
            ("patch", new TensorSpec(ElementType.UInt16, [null, null, 2], TensorEncoding.Zlib)),
            ("words", new TensorSpec(ElementType.Text, 2)),
            ("instruction", new TextSpec()),
            ("label", new ClassLabelSpec(4, [])),
            ("contacts", new SequenceSpec(new TensorSpec(ElementType.Float32, 3))),
            ("objects", new SequenceSpec(new StructSpec(("id", new TensorSpec(ElementType.Int64)), ("points", new SequenceSpec(new TensorSpec(ElementType.Float32, 2)))))),
            ("substeps", new SequenceSpec(new StructSpec(("t", new TensorSpec(ElementType.Float32)), ("note", new TextSpec())), IsDataset: true)),
            ("observation", new StructSpec(
                ("image/with/slashes", new ImageSpec(ElementType.UInt8, 8, 12, 3, ImageFormat.Jpeg)),
                ("png", new ImageSpec(ElementType.UInt8, 8, 12, 3, ImageFormat.Png)),
                ("alpha", new ImageSpec(ElementType.UInt8, 8, 12, 4, ImageFormat.Png)),
                ("mask", new ImageSpec(ElementType.UInt8, 8, 12, 1, ImageFormat.Png)),
                ("depth", new ImageSpec(ElementType.UInt16, 8, 12, 1, ImageFormat.Png)),
                ("distance", new ImageSpec(ElementType.Float32, 8, 12, 1, ImageFormat.Png)),
                ("any", new ImageSpec(ElementType.UInt8, null, null, 3))))), IsDataset: true)));

    /// <summary>Random values that fit a specification.</summary>
    public static FeatureValue Random(FeatureSpec spec, Random random, int? items = null) => spec switch
    {
        StructSpec s => new StructValue([.. s.Fields.Select(f => KeyValuePair.Create(f.Key, Random(f.Value, random, f.Key == "steps" ? items : null)))]),
        SequenceSpec { IsDataset: false, Element: StructSpec s } q => Columns(s, q, random, random.Next(4)),
        SequenceSpec q => new SequenceValue([.. Enumerable.Range(0, q.Length ?? items ?? random.Next(4)).Select(_ => Random(q.Element, random))]),
        TextSpec => new TextValue(string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => (char)random.Next(32, 0x2FF)))),
        ClassLabelSpec c => TensorValue.Scalar((long)random.Next(-1, (int)c.ClassCount)),
        ImageSpec i => new StoredImage(EncodeRandom(i, random), i),
        TensorSpec { Type: ElementType.Text } t => new SequenceValue([.. Enumerable.Range(0, t.ElementCount!.Value).Select(_ => Random(new TextSpec(), random))]),
        TensorSpec t => Tensor(t, random),
        _ => throw new ArgumentException(spec.ToString()),
    };

    // The items of a sequence of structs have as many of each field.
    private static StructValue Columns(StructSpec spec, SequenceSpec sequence, Random random, int count) => new(
        [.. spec.Fields.Select(f => KeyValuePair.Create(f.Key, (FeatureValue)new SequenceValue([.. Enumerable.Range(0, sequence.Length ?? count).Select(_ => Random(f.Value, random))])))]);

    private static TensorValue Tensor(TensorSpec spec, Random random)
    {
        int[] shape = [.. spec.Shape.Select(d => d ?? random.Next(4))];
        var data = new byte[shape.Aggregate(1, (n, d) => n * d) * spec.Type.Size()];
        var value = new TensorValue(spec.Type, shape, data);
        random.NextBytes(data);
        if (spec.Type == ElementType.Bool)
            data.AsSpan().ForEach(b => (byte)(b & 1));
        if (spec.Type.IsFloat())
            NumberLists.Write([.. Enumerable.Range(0, value.Count).Select(_ => random.NextSingle() * 100 - 50)], spec.Type, data);
        return value;
    }

    private static void ForEach(this Span<byte> span, Func<byte, byte> change)
    {
        foreach (ref var b in span)
            b = change(b);
    }

    private static byte[] EncodeRandom(ImageSpec spec, Random random)
    {
        var (height, width) = (spec.Height ?? random.Next(1, 20), spec.Width ?? random.Next(1, 20));
        var type = spec.Type == ElementType.UInt16 ? MatType.CV_16UC(spec.StoredChannels) : MatType.CV_8UC(spec.StoredChannels);
        var pixels = new byte[height * width * spec.StoredChannels * (spec.Type == ElementType.UInt16 ? 2 : 1)];
        random.NextBytes(pixels);
        using var mat = Mat.FromPixelData(height, width, type, pixels);
        Cv2.ImEncode(spec.Format == ImageFormat.Jpeg ? ".jpg" : ".png", mat, out var bytes);
        return bytes;
    }
}
