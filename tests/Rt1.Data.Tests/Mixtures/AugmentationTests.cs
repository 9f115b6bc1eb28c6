namespace Rt1.Data.Tests;

public class AugmentationTests
{
    private const int Side = 40, Steps = 2;

    private static readonly byte[] Source = [.. Enumerable.Range(0, Steps * Side * Side * 3).Select(i => (byte)(i / 3 % 251 + 1))];

    [Fact]
    public void Apply_NothingAskedFor_CopiesTheImages() => Assert.Equal(Source, Apply(new AugmentationConfig()));

    [Theory]
    [InlineData(1, 0, "4 5 6 7 8 9 0 0 0")]
    [InlineData(-1, 0, "0 0 0 1 2 3 4 5 6")]
    [InlineData(0, 1, "2 3 0 5 6 0 8 9 0")]
    [InlineData(1, -1, "0 4 5 0 7 8 0 0 0")]
    [InlineData(3, 0, "0 0 0 0 0 0 0 0 0")]
    public void Shift_ByRowsAndColumns_FillsWithZeros(int y, int x, string expected)
    {
        var source = Enumerable.Range(1, 9).SelectMany(v => Enumerable.Repeat((byte)v, 3)).ToArray();
        var target = Enumerable.Repeat((byte)255, 27).ToArray();

        Augmentation.Shift(source, target, 3, 3, y, x);

        Assert.Equal(expected.Split(' ').Select(byte.Parse), target.Chunk(3).Select(c => c[0]));
    }

    [Theory]
    [InlineData(1, 0, "4 5 6 7 8 9 7 8 9")]
    [InlineData(-1, 0, "1 2 3 1 2 3 4 5 6")]
    [InlineData(0, 1, "2 3 3 5 6 6 8 9 9")]
    [InlineData(0, -2, "1 1 1 4 4 4 7 7 7")]
    [InlineData(1, -1, "4 4 5 7 7 8 7 7 8")]
    public void Shift_WithEdges_RepeatsTheOutermostPixels(int y, int x, string expected)
    {
        var source = Enumerable.Range(1, 9).SelectMany(v => Enumerable.Repeat((byte)v, 3)).ToArray();
        var target = Enumerable.Repeat((byte)255, 27).ToArray();

        Augmentation.Shift(source, target, 3, 3, y, x, PaddingKind.Edge);

        Assert.Equal(expected.Split(' ').Select(byte.Parse), target.Chunk(3).Select(c => c[0]));
    }

    [Fact]
    public void Apply_Crop_MovesWhatIsKnownToBeInTheImage()
    {
        var crop = new Crop(0.25f, -0.5f);

        var moved = crop.Of(new Keypoints(new(0.5f, 0.25f), new(0.1f, 0.2f), null));

        Assert.Equal(new Keypoints(new(0.25f, 0.75f), null, null), moved);
    }

    [Fact]
    public void Apply_Colour_ScalesTheChannelsApart()
    {
        var pixels = Apply(new AugmentationConfig { Colour = 0.5 });

        var ratios = Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, Side * Side).Average(i => (double)pixels[3 * i + c])).ToArray();
        Assert.Equal(3, ratios.Select(r => Math.Round(r)).Distinct().Count());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 8)]
    public void Apply_Crop_HasOneOffsetForTheBatchUnlessAsked(bool perSample, int offsets)
    {
        var config = new AugmentationConfig { PadHeight = 0.5, PadWidth = 0.5, CropPerSample = perSample };

        var results = Enumerable.Range(0, 8).Select(sample => Convert.ToBase64String(Apply(config, sample)));

        Assert.Equal(offsets, results.Distinct().Count());
    }

    [Fact]
    public void Apply_Cutout_BlanksOneSquareAlikeInAllSteps()
    {
        var steps = Apply(new AugmentationConfig { Cutout = 0.25 }).Chunk(Side * Side * 3).ToArray();

        int[] Blank(byte[] image) => [.. Enumerable.Range(0, Side * Side).Where(i => image.AsSpan(3 * i, 3).IndexOfAnyExcept((byte)0) < 0)];
        var blank = Blank(steps[0]);
        Assert.Equal(10 * 10, blank.Length);
        Assert.Equal((9, 9), (blank.Max(i => i / Side) - blank.Min(i => i / Side), blank.Max(i => i % Side) - blank.Min(i => i % Side)));
        Assert.Equal(blank, Blank(steps[1]));
    }

    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(0, 0.2)]
    public void Apply_BrightnessOrContrast_MapsEqualValuesAlikeAndOtherSamplesDifferently(double brightness, double contrast)
    {
        var config = new AugmentationConfig { Brightness = brightness, Contrast = contrast };

        var images = Apply(config);

        var mapped = Source.Zip(images).Distinct().ToDictionary();
        Assert.Equal(mapped.OrderBy(m => m.Key).Select(m => m.Value), mapped.Values.Order());
        Assert.InRange(mapped.Max(m => Math.Abs(m.Key - m.Value)), 1, 51);
        Assert.NotEqual(images, Apply(config, sample: 1));
        Assert.Equal(images, Apply(config));
    }

    private static byte[] Apply(AugmentationConfig config, int sample = 0)
    {
        var target = new byte[Source.Length];
        new Augmentation(config, seed: 1).Apply(Source, target, Steps, Side, Side, batch: 5, sample);
        return target;
    }
}
