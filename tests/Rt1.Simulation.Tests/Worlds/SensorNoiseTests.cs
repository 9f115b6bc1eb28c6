namespace Rt1.Simulation.Tests;

public class SensorNoiseTests
{
    [Fact]
    public void Capture_StillScene_DiffersByALittleNoiseOnly()
    {
        using var lab = new Lab(new Scene { Objects = [] }, 64, 80);
        lab.Reset(1);
        var (first, second) = (lab.Capture().Pixels, lab.Capture().Pixels);
        var differences = first.Zip(second, (a, b) => (double)(a - b)).ToArray();
        var mean = differences.Average();
        Assert.InRange(Math.Abs(mean), 0, 5);
        Assert.InRange(Math.Sqrt(differences.Average(d => (d - mean) * (d - mean))), 1.5, 5);
    }

    [Fact]
    public void Add_SameSeedAndFrame_IsTheSame()
    {
        byte[] Frame(int seed, int number)
        {
            var noise = new SensorNoise(seed);
            var pixels = new byte[90];
            for (var i = 0; i <= number; i++)
            {
                Array.Fill(pixels, (byte)100);
                noise.Add(pixels, 30);
            }
            return pixels;
        }
        Assert.Equal(Frame(7, 2), Frame(7, 2));
        Assert.NotEqual(Frame(7, 2), Frame(7, 3));
        Assert.NotEqual(Frame(7, 2), Frame(8, 2));
    }

    [Fact]
    public void Add_BlackAndWhite_StayWithinAByte()
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)0, 3000), .. Enumerable.Repeat((byte)255, 3000)];
        new SensorNoise(1).Add(pixels, 600);
        Assert.All(pixels.Take(3000), value => Assert.InRange(value, 0, 12));
        Assert.All(pixels.Skip(3000), value => Assert.InRange(value, 235, 255));
    }

    [Fact]
    public void Capture_WithoutNoise_StillSceneIsTheSameToTheLastBit()
    {
        using var lab = new Lab(new Scene { Objects = [] }, 64, 80) { HasSensorNoise = false };
        lab.Reset(1);
        Assert.Equal(lab.Capture().Pixels, lab.Capture().Pixels);
    }
}
