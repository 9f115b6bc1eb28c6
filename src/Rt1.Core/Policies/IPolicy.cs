namespace Rt1.Core;

/// <summary>Chooses actions from camera frames and an instruction. Not thread-safe.</summary>
public interface IPolicy : IDisposable
{
    ActionSpace ActionSpace { get; }

    /// <summary>One line that says which policy this is, e.g. "rt1, random weights, seed 1"; it is shown and recorded.</summary>
    string Description { get; }

    /// <summary>Starts an episode: takes the instruction and forgets all history.</summary>
    /// <exception cref="UnknownInstructionException">The encoder does not know the instruction; the policy is as it was.</exception>
    void Begin(string instruction);

    /// <summary>Decides one step and adds the observation to the history.</summary>
    /// <exception cref="FrameShapeException">The frame is not of the size that the policy was trained at.</exception>
    /// <exception cref="Rt1Exception">The network's output is not finite: its weights are broken.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Begin"/> was never called.</exception>
    PolicyDecision Decide(Observation observation);
}
