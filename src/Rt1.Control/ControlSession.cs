using Rt1.Core;

namespace Rt1.Control;

/// <summary>One run of the robot: an episode per instruction, as long as instructions come. Between episodes the robot holds.</summary>
public sealed class ControlSession
{
    private readonly ControlLoop _loop;
    private readonly RunStatistics _statistics = new();

    public ControlSession(ControlLoop loop)
    {
        _loop = loop;
        _loop.StepTaken += _statistics.Add;
    }

    /// <summary>Raised after each episode, e.g. to ask for the next instruction.</summary>
    public event Action<EpisodeEnd>? EpisodeEnded;

    /// <summary>The run so far; also after <see cref="Run"/> has thrown.</summary>
    public RunSummary Summary => _statistics.Summarize();

    /// <summary>
    /// Obeys one instruction after the other until no more come, the frame source ends or <paramref name="cancellation"/> is asked for.
    /// A failed episode does not end the run: the robot holds, and the next instruction may do better.
    /// </summary>
    /// <exception cref="Rt1Exception">The robot, the camera, the policy or the recorder failed; the robot has been stopped.</exception>
    public RunSummary Run(IInstructionSource instructions, CancellationToken cancellation = default)
    {
        try
        {
            EpisodeEnd? end = null;
            while (end?.Outcome != EpisodeOutcome.SourceEnded && !cancellation.IsCancellationRequested && instructions.Take(cancellation) is { } instruction)
            {
                end = instruction.Length > 0 ? RunEpisode(instruction, instructions, cancellation) : null;
                if (end is not null)
                    EpisodeEnded?.Invoke(end);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked for between two episodes, while the robot held.
        }
        return Summary;
    }

    private EpisodeEnd? RunEpisode(string instruction, IInstructionSource instructions, CancellationToken cancellation)
    {
        try
        {
            var end = _loop.Run(instruction, () => instructions.Interruption, cancellation);
            _statistics.End(instruction, end);
            return end;
        }
        catch (UnknownInstructionException unknown)
        {
            instructions.Refuse(unknown);
            return null;
        }
        catch (Exception fault)
        {
            _statistics.End(instruction, new(EpisodeOutcome.Failed, fault.Message));
            throw;
        }
    }
}
