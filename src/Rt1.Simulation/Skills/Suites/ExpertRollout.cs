using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>Runs experts through episodes.</summary>
public static class ExpertRollout
{
    /// <summary>Of the target's pixels at the start: with less left the robot hides it.</summary>
    private const double VisibleShare = 0.4;

    /// <summary>One episode.</summary>
    /// <param name="noiseSeed">Seed of the disturbances; null for none.</param>
    /// <param name="look">Whether to draw what the camera sees, for <see cref="ExpertEpisode.FramesHidden"/>.</param>
    /// <param name="observe">Is shown each decision before it is carried out.</param>
    /// <param name="size">Height and width of the head camera's image, pixels.</param>
    public static ExpertEpisode Run(Situation situation, int? noiseSeed, bool look = false, Action<Trial, RobotAction>? observe = null, int size = 96)
    {
        var steps = 0;
        var sight = new Visibility(look);
        try
        {
            using var trial = new Trial(situation, size, size);
            var noise = noiseSeed is { } seed ? new ActionNoise(seed) : null;
            var ended = false;
            while (!ended && steps < trial.StepLimit)
            {
                sight.Note(trial);
                var action = trial.ExpertAction();
                observe?.Invoke(trial, action);
                steps++;
                ended = action.Mode == ControlMode.Terminate;
                trial.Step(noise?.Apply(action) ?? action);
            }
            return Ended(ended && trial.Succeeded, diverged: false);
        }
        catch (SimulationDivergedException)
        {
            return Ended(success: false, diverged: true);
        }

        ExpertEpisode Ended(bool success, bool diverged) => new()
        {
            Situation = situation,
            WithNoise = noiseSeed is not null,
            Success = success,
            Steps = steps,
            Diverged = diverged,
            FramesBefore = sight.Frames,
            FramesHidden = sight.Hidden,
        };
    }

    /// <summary>Counts frames before the grasp, and those in which the target is hidden compared with the first.</summary>
    private sealed class Visibility(bool look)
    {
        private bool _before = look;
        private int _atFirst;

        public int Frames { get; private set; }

        public int Hidden { get; private set; }

        public void Note(Trial trial)
        {
            _before &= !trial.HasBegun;
            if (!_before)
                return;
            var pixels = trial.TargetPixels();
            _atFirst = Frames == 0 ? pixels : _atFirst;
            Frames++;
            Hidden += pixels < VisibleShare * _atFirst || pixels == 0 ? 1 : 0;
        }
    }
}
