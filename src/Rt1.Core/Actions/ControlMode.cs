namespace Rt1.Core;

/// <summary>
/// What a step moves: the discrete action dimension <c>terminate_episode</c>. The numbers are RT-1's one-hot positions.
/// A policy may emit a token beyond them; it is kept as it is, and the safety supervisor refuses it.
/// </summary>
public enum ControlMode
{
    /// <summary>The episode ends; nothing moves.</summary>
    Terminate = 0,

    /// <summary>Arm and gripper move; the base dimensions are ignored.</summary>
    Arm = 1,

    /// <summary>The base moves; the arm's dimensions are ignored and the gripper holds.</summary>
    Base = 2,
}
