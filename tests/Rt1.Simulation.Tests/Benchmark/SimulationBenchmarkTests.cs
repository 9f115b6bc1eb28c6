namespace Rt1.Simulation.Tests;

public sealed class SimulationBenchmarkTests
{
    [Fact]
    public void Run_FramesASecond_AreThoseOfTheirParts()
    {
        var timings = SimulationBenchmark.Run(new Scene { Objects = ["red_can"] }, 32, 48, frames: 5);
        Assert.Equal(("edr", 32, 48), (timings.Robot, timings.Height, timings.Width));
        Assert.True(timings.PhysicsMs > 0.5);
        Assert.Equal(1000 / (timings.PhysicsMs + timings.RenderMs), timings.FramesPerSecond, 1e-6);
    }
}
