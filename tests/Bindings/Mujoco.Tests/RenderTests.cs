using System.Diagnostics;
using System.Runtime.InteropServices;

[assembly: AssemblyFixture(typeof(Mujoco.Tests.GlLoadedFirst))]

namespace Mujoco.Tests;

/// <summary>
/// Loads libGL before anything is drawn, as a process that uses OpenCV or libtorch has done: MuJoCo must nevertheless draw with the
/// backend that was asked for.
/// </summary>
public sealed class GlLoadedFirst
{
    public GlLoadedFirst() => NativeLibrary.TryLoad("libGL.so.1", out _);
}

public class RenderTests
{
    private const int Height = 60, Width = 80;

    [Fact]
    public void Render_FlatLight_ShowsTheModelsColoursWhereTheObjectsAre()
    {
        using var scene = new Scene(Scenes.FlatLight);
        var rgb = scene.Render("above");
        Assert.Equal((255, 0, 0), At(rgb, 15, 25));
        Assert.Equal((0, 153, 51), At(rgb, 45, 55));
        Assert.Equal((102, 102, 102), At(rgb, 15, 55));

        // The box's edges: x from −0.7 to −0.3 m, 30 pixels a metre at the floor.
        Assert.Equal((102, 102, 102), At(rgb, 15, 17));
        Assert.Equal((255, 0, 0), At(rgb, 15, 20));
        Assert.Equal((255, 0, 0), At(rgb, 15, 29));
        Assert.Equal((102, 102, 102), At(rgb, 15, 32));
    }

    [Fact]
    public void Render_AfterAMove_ShowsTheObjectAtItsNewPlace()
    {
        using var scene = new Scene(Scenes.FlatLight);
        scene.Data.qpos[0] = 0.5;
        scene.Data.Forward();
        var rgb = scene.Render("above");
        Assert.Equal((102, 102, 102), At(rgb, 15, 25));
        Assert.Equal((255, 0, 0), At(rgb, 15, 55));
    }

    /// <summary>Renderers take over each other's OpenGL contexts; nothing of the one before may be seen.</summary>
    [Fact]
    public void Render_OneRendererAfterAndBesideAnother_DrawTheSame()
    {
        byte[] first;
        using (var scene = new Scene(Scenes.FlatLight))
            first = scene.Render("above");
        using var second = new Scene(Scenes.FlatLight);
        using var third = new Scene(Scenes.FlatLight);
        float[] blue = [0, 0, 1, 1];
        blue.CopyTo(third.Model.Field<float>("geom_rgba")[(4 * third.Model.Id(MjObject.Geom, "box"))..]);
        Assert.Equal((0, 0, 255), At(third.Render("above"), 15, 25));
        Assert.Equal(first, second.Render("above"));
    }

    [Fact]
    public void Render_ColourWrittenToTheModel_IsDrawn()
    {
        using var scene = new Scene(Scenes.FlatLight);
        float[] blue = [0, 0, 1, 1];
        blue.CopyTo(scene.Model.Field<float>("geom_rgba")[(4 * scene.Model.Id(MjObject.Geom, "box"))..]);
        Assert.Equal((0, 0, 255), At(scene.Render("above"), 15, 25));
    }

    [Fact]
    public void Render_Shadows_DarkenTheFloorBesideTheBall()
    {
        const string lit = """
            <mujoco>
              <visual><headlight active='0'/></visual>
              <worldbody>
                <light directional='true' pos='-2 0 2.5' dir='1 0 -1' diffuse='.8 .8 .8' castshadow='true'/>
                <camera name='above' pos='0 0 4'/>
                <geom type='plane' size='3 3 .1' rgba='.8 .8 .8 1'/>
                <geom size='.2' pos='0 0 .5'/>
              </worldbody>
            </mujoco>
            """;
        using var with = new Scene(lit);
        using var without = new Scene(lit, new MjRendererOptions { Shadows = false });
        var (dark, bright) = (At(with.Render("above"), 30, 49), At(without.Render("above"), 30, 49));
        Assert.True(bright.R > 80, $"floor {bright}");
        Assert.True(dark.R < bright.R / 2, $"shadow {dark}, floor {bright}");
    }

    [Fact]
    public void Segment_NamesTheGeomAtEachPixel()
    {
        using var scene = new Scene(Scenes.FlatLight);
        var geoms = new int[Height * Width];
        scene.Renderer.Segment(scene.Data, MjCamera.Fixed(scene.Model.Id(MjObject.Camera, "above")), geoms);
        Assert.Equal("box", Name(15, 25));
        Assert.Equal("ball", Name(45, 55));
        Assert.Equal("floor", Name(15, 55));
        scene.Renderer.Segment(scene.Data, MjCamera.Fixed(scene.Model.Id(MjObject.Camera, "below")), geoms);
        Assert.All(geoms, geom => Assert.Equal(-1, geom));

        string? Name(int row, int column) => scene.Model.Name(MjObject.Geom, geoms[row * Width + column]);
    }

    [Fact]
    public void Render_FreeCamera_LooksAtItsPoint()
    {
        using var scene = new Scene(Scenes.FlatLight);
        var rgb = new byte[Height * Width * 3];
        scene.Renderer.Render(scene.Data, MjCamera.Free((-0.5, 0.5, 0.1), 1, 30, -60), rgb);
        Assert.Equal((255, 0, 0), At(rgb, Height / 2, Width / 2));
    }

    [Fact]
    public void Render_UnknownCamera_Throws()
    {
        using var scene = new Scene(Scenes.FlatLight);
        Assert.Throws<MujocoException>(() => scene.Renderer.Render(scene.Data, MjCamera.Fixed(7), new byte[Height * Width * 3]));
        Assert.Equal((255, 0, 0), At(scene.Render("above"), 15, 25));
    }

    [Fact]
    public void Render_WrongRoomOrForeignData_Throws()
    {
        using var scene = new Scene(Scenes.FlatLight);
        using var other = new Scene(Scenes.FlatLight);
        Assert.Throws<ArgumentException>(() => scene.Renderer.Render(scene.Data, MjCamera.Fixed(0), new byte[10]));
        Assert.Throws<ArgumentException>(() => scene.Renderer.Render(other.Data, MjCamera.Fixed(0), new byte[Height * Width * 3]));
    }

    [Fact]
    public void Render_FromChangingThreads_GivesTheSamePicture()
    {
        using var scene = new Scene(Scenes.FlatLight);
        var here = scene.Render("above");
        byte[]? there = null;
        var thread = new Thread(() => there = scene.Render("above"));
        thread.Start();
        thread.Join();
        Assert.Equal(here, there);
    }

    [Fact]
    public void StepAndRender_AThousandTimes_KeepsMemoryFlat()
    {
        using var scene = new Scene(Scenes.FlatLight);
        for (var i = 0; i < 100; i++)
            StepAndRender();
        var before = ResidentBytes();
        for (var i = 0; i < 1000; i++)
            StepAndRender();
        Assert.InRange(ResidentBytes() - before, long.MinValue, 8 << 20);

        void StepAndRender()
        {
            scene.Data.Step();
            scene.Renderer.Render(scene.Data, MjCamera.Fixed(0), scene.Pixels);
        }
    }

    [Fact]
    public void ModelsAndRenderers_MadeAndDisposed_KeepMemoryFlat()
    {
        for (var i = 0; i < 10; i++)
            new Scene(Scenes.FlatLight).Dispose();
        var before = ResidentBytes();
        for (var i = 0; i < 40; i++)
            new Scene(Scenes.FlatLight).Dispose();
        Assert.InRange(ResidentBytes() - before, long.MinValue, 24 << 20);
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static (int R, int G, int B) At(byte[] rgb, int row, int column)
    {
        var i = 3 * (row * Width + column);
        return (rgb[i], rgb[i + 1], rgb[i + 2]);
    }

    private sealed class Scene : IDisposable
    {
        public Scene(string xml, MjRendererOptions? options = null)
        {
            Model = MjModel.FromXml(xml);
            Data = new MjData(Model);
            Data.Forward();
            Renderer = new MjRenderer(Model, Height, Width, options);
        }

        public MjModel Model { get; }

        public MjData Data { get; }

        public MjRenderer Renderer { get; }

        public byte[] Pixels { get; } = new byte[Height * Width * 3];

        public byte[] Render(string camera)
        {
            Renderer.Render(Data, MjCamera.Fixed(Model.Id(MjObject.Camera, camera)), Pixels);
            return (byte[])Pixels.Clone();
        }

        public void Dispose()
        {
            Renderer.Dispose();
            Data.Dispose();
            Model.Dispose();
        }
    }
}

/// <summary>The same pictures through EGL, in a process of its own: a process binds OpenGL once.</summary>
public class EglTests
{
    [Fact]
    public async Task RenderTests_ThroughEgl_Pass()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad("libEGL.so.1", out _), "needs EGL (Debian: libegl1 and libgl1-mesa-dri), which is not here");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Mujoco.Tests"), ["-class", "Mujoco.Tests.RenderTests", "-noColor"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["RT1_RENDERER"] = "egl";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(output.Contains("no device gave an OpenGL context"), "EGL is here, but has no device that draws OpenGL");
        Assert.True(process.ExitCode == 0, output + await error);
    }

    [Fact]
    public void Renderer_OfAnotherBackendInTheSameProcess_IsRefused()
    {
        using var model = MjModel.FromXml(Scenes.FlatLight);
        using var first = new MjRenderer(model, 8, 8);
        var other = new MjRendererOptions().Backend == MjBackend.OsMesa ? MjBackend.Egl : MjBackend.OsMesa;
        var e = Assert.Throws<MujocoException>(() => new MjRenderer(model, 8, 8, new MjRendererOptions { Backend = other }));
        Assert.Contains("once per process", e.Message);
    }
}
