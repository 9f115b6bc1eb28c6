using Mujoco;
using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// The physics blew up: a NaN, infinite or huge number. MuJoCo has put the world back to its initial state; the run so far counts as
/// failed, never as data, and goes on with a reset.
/// </summary>
public sealed class SimulationDivergedException(MjWarning warning, string message, TimeSpan time)
    : Rt1Exception($"simulation: diverged at {time.TotalSeconds:F3} s: {message} Reset the world.")
{
    public MjWarning Warning { get; } = warning;

    /// <summary>Simulated time at which it happened.</summary>
    public TimeSpan Time { get; } = time;
}
