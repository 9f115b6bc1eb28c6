using Mujoco;

namespace Rt1.Simulation.Tests;

public class LookTests
{
    [Theory]
    [InlineData(LookRange.Training)]
    [InlineData(LookRange.Unseen)]
    public void Capture_Look_IsTheSameBySeedOnly(LookRange range)
    {
        Assert.Equal(Picture(new Look(range, 3)), Picture(new Look(range, 3)));
        Assert.NotEqual(Picture(new Look(range, 3)), Picture(new Look(range, 4)));
        Assert.NotEqual(Picture(new Look(range, 3)), Picture(Look.Plain));
    }

    [Fact]
    public void Capture_PlainLook_IgnoresItsSeed() => Assert.Equal(Picture(Look.Plain), Picture(new Look(LookRange.Plain, 9)));

    [Theory]
    [InlineData("classroom", "edr")]
    [InlineData("kitchen1", "edr")]
    [InlineData("kitchen2", "edr")]
    [InlineData("bins", "edr")]
    [InlineData("bin", "kuka")]
    public void Compile_EveryPlace_TakesEveryLook(string place, string robot)
    {
        foreach (var range in Enum.GetValues<LookRange>())
        {
            using var model = new Scene { Place = place, Robot = robot, Look = new Look(range, 1) }.Compile();
            Assert.True(model.TryId(MjObject.Texture, "top") is not null);
        }
    }

    /// <summary>Training's surfaces have no sharp patterns; every unseen cloth has.</summary>
    [Fact]
    public void Compile_UnseenSurfaces_HaveEdgesThatTrainingOnesNeverHave()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.True(SteepestEdges(new Look(LookRange.Training, seed)) < 40, $"training look {seed}");
            Assert.True(SteepestEdges(new Look(LookRange.Unseen, seed)) > 40, $"unseen look {seed}");
        }
    }

    [Fact]
    public void Compile_UnseenLight_ComesFromElsewhere()
    {
        using var plain = new Scene().Compile();
        var lamp = plain.Field<double>("light_dir").ToArray();
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.InRange(Away(new Look(LookRange.Training, seed)), 0, 0.26);
            Assert.InRange(Away(new Look(LookRange.Unseen, seed)), 0.26, 0.7);
        }

        double Away(Look look)
        {
            using var model = new Scene { Look = look }.Compile();
            var direction = model.Field<double>("light_dir");
            var (x, y) = (direction[0] / direction[2] - lamp[0] / lamp[2], direction[1] / direction[2] - lamp[1] / lamp[2]);
            return Math.Sqrt(x * x + y * y);
        }
    }

    private static byte[] Picture(Look look)
    {
        using var lab = new Lab(new Scene { Objects = ["apple"], Look = look }, 48, 60);
        lab.Reset(1);
        return lab.Capture().Pixels;
    }

    // The 99th percentile of the steps between neighbouring pixels of the table's texture.
    private static int SteepestEdges(Look look)
    {
        using var model = new Scene { Look = look }.Compile();
        var id = model.Id(MjObject.Texture, "top");
        var size = model.Field<int>("tex_width")[id];
        var rgb = model.Field<byte>("tex_rgb").Slice(model.Field<int>("tex_adr")[id], 3 * size * size).ToArray();
        var steps = new List<int>();
        for (var y = 0; y < size; y++)
        {
            for (var x = 1; x < size; x++)
                steps.Add(Enumerable.Range(0, 3).Max(c => Math.Abs(rgb[3 * (y * size + x) + c] - rgb[3 * (y * size + x - 1) + c])));
        }
        return steps.Order().ElementAt(steps.Count * 99 / 100);
    }
}
