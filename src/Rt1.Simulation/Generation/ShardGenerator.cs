using Rt1.Core;
using Rt1.Data;

namespace Rt1.Simulation;

/// <summary>
/// Makes the shards of a dataset. An episode depends on the settings and its number alone, so any shard can be made anywhere, at any
/// time. Not thread-safe.
/// </summary>
public sealed class ShardGenerator
{
    private const long NoisePurpose = 1;

    private readonly GenerationConfig _config;
    private readonly SituationSampler _sampler;

    /// <exception cref="Rt1Exception">The settings ask for what there is not, or for what is held out for evaluation.</exception>
    public ShardGenerator(GenerationConfig config)
    {
        _config = config;
        _sampler = SituationSampler.ForTraining(config.Suite);
    }

    /// <summary>Raised after each trial, with its skill.</summary>
    public event Action<string, DemonstrationOutcome>? Tried;

    /// <summary>Makes one shard.</summary>
    /// <param name="writer">Of that shard; completed here.</param>
    /// <exception cref="Rt1Exception">The expert did not succeed within the attempts allowed.</exception>
    public GenerationReport Make(int shard, RldsShardWriter writer, CancellationToken cancellation = default)
    {
        var trials = new List<KeyValuePair<string, SkillTally>>();
        var first = shard * _config.EpisodesPerShard;
        for (var episode = first; episode < Math.Min(first + _config.EpisodesPerShard, _config.Episodes); episode++)
            writer.Write(Episode(episode, trials, cancellation));
        return GenerationReport.Of(trials, writer.Complete().Bytes);
    }

    private StructValue Episode(int number, List<KeyValuePair<string, SkillTally>> trials, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < _config.MaxAttempts; attempt++)
        {
            var situation = _sampler.Sample(attempt == 0 ? _config.Seed : Mix(attempt), number);
            var (outcome, steps) = Try(situation, Mix(attempt, number, NoisePurpose), cancellation);
            var skill = situation.Task.Skill;
            trials.Add(KeyValuePair.Create(skill, outcome switch
            {
                DemonstrationOutcome.Succeeded => new SkillTally(1, 0, 0, steps.Count),
                DemonstrationOutcome.Failed => new SkillTally(0, 1, 0, 0),
                _ => new SkillTally(0, 0, 1, 0),
            }));
            Tried?.Invoke(skill, outcome);
            if (outcome == DemonstrationOutcome.Succeeded)
                return SimulationFeatures.EpisodeValue(situation, steps, "scripted expert", _config.RateHz, success: true);
        }
        throw new Rt1Exception(
            $"episode {number} ({trials[^1].Key}): the expert did not succeed in {_config.MaxAttempts} trials; " +
            "leave the skill out, lower the noise, or raise max_attempts.");
    }

    private (DemonstrationOutcome Outcome, IReadOnlyList<DemonstrationStep> Steps) Try(Situation situation, int noiseSeed, CancellationToken cancellation)
    {
        try
        {
            using var trial = new Trial(situation, _config.ImageHeight, _config.ImageWidth);
            return Demonstration.Run(trial, _config.Noise.Create(noiseSeed), _config, cancellation);
        }
        catch (SimulationDivergedException)
        {
            return (DemonstrationOutcome.Diverged, []);
        }
    }

    private int Mix(params ReadOnlySpan<long> purpose) => new SeededRandom(_config.Seed, purpose).Next(int.MaxValue);
}
