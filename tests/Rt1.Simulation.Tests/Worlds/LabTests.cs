using Rt1.Core;

namespace Rt1.Simulation.Tests;

public class LabTests
{
    [Fact]
    public void Capture_ShowsEveryObjectInItsColour()
    {
        using var lab = new Lab(new Scene { Objects = ["red_can", "green_bottle", "orange", "blue_block"] });
        lab.Reset(5);
        var frame = lab.Capture();
        Assert.Equal((256, 320, 256 * 320 * 3), (frame.Height, frame.Width, frame.Pixels.Length));

        // Saturated colours that nothing else in the picture has; at least some tens of pixels each.
        Assert.InRange(Count(frame, (r, g, b) => r > 2.5 * g && r > 2.5 * b && r > 60), 100, 5000);                 // can
        Assert.InRange(Count(frame, (r, g, b) => g > 1.8 * r && g > 1.6 * b && g > 40), 100, 5000);                 // bottle
        Assert.InRange(Count(frame, (r, g, b) => r > 1.5 * g && g > 2.5 * b && r > 100), 100, 5000);                // orange
        Assert.InRange(Count(frame, (r, g, b) => b > 1.8 * r && b > 1.8 * g && b > 50), 50, 5000);                  // block
    }

    [Fact]
    public void VisiblePixels_AtTheStart_HaveEveryObjectAndTheGripper()
    {
        using var lab = new Lab(new Scene { Objects = ["red_can", "apple", "sponge"] });
        for (var seed = 0; seed < 3; seed++)
        {
            lab.Reset(seed);
            var visible = lab.Camera.VisiblePixels();
            foreach (var body in (string[])["red_can", "apple", "sponge", "hand", "finger_left", "finger_right", "counter"])
                Assert.True(visible.GetValueOrDefault(body) > 50, $"'{body}' shows {visible.GetValueOrDefault(body)} pixels with seed {seed}");
        }
    }

    [Fact]
    public void Reset_SameSeedAndActions_GivesTheSameRunToTheLastPixel()
    {
        using var lab = new Lab(new Scene());
        Assert.Equal(Run(), Run());

        byte[] Run()
        {
            lab.Reset(3);
            lab.Robot.Move(Rig.Arm(new(0.05f, 0.05f, -0.05f), gripper: 1), lab.Time, Rig.Period);
            lab.AdvanceTo(Rig.Period);
            return lab.Capture().Pixels;
        }
    }

    [Fact]
    public void AdvanceTo_CountsFromTheReset()
    {
        using var lab = new Lab(new Scene { Objects = [] });
        lab.Reset(0);
        Assert.Equal(TimeSpan.Zero, lab.Time);
        lab.AdvanceTo(TimeSpan.FromSeconds(0.1));
        Assert.Equal(0.1, lab.Time.TotalSeconds, 6);
        Assert.Equal(lab.Time, lab.Capture().CapturedAt);
        lab.Reset(0);
        Assert.Equal(TimeSpan.Zero, lab.Time);
    }

    private static int Count(Frame frame, Func<int, int, int, bool> matches)
    {
        var count = 0;
        for (var i = 0; i < frame.Pixels.Length; i += 3)
            count += matches(frame.Pixels[i], frame.Pixels[i + 1], frame.Pixels[i + 2]) ? 1 : 0;
        return count;
    }
}
