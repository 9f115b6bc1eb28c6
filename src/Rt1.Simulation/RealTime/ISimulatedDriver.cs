using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>A simulated robot as its host sees it, in real time or in lockstep.</summary>
public interface ISimulatedDriver : IRobotDriver
{
    /// <summary>
    /// The physics blew up; the lab was reset to its seed and the robot stands at its start. The episode under way is over: whoever
    /// hosts the robot ends its owner's session. Raised in the simulation's thread.
    /// </summary>
    event Action<SimulationDivergedException>? Diverged;

    /// <summary>The latest command; null before the first and after a stop. May be read from any thread.</summary>
    RobotAction? LatestAction { get; }

    /// <summary>Ends when the simulation does: faulted when it broke.</summary>
    Task Completion { get; }

    /// <summary>Builds the lab, lets the objects come to rest, and starts the clock where there is one.</summary>
    /// <exception cref="Rt1Exception">The scene names something that does not exist, or does not fit.</exception>
    /// <exception cref="Mujoco.MujocoException">OpenGL is missing.</exception>
    static ISimulatedDriver Create(SimulatedRobotOptions options, TimeProvider time) =>
        options.Lockstep ? new LockstepRobot(options) : new SimulatedRobot(options, time);
}
