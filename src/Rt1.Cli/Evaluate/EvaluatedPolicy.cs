using Rt1.Configuration;
using Rt1.Core;
using Rt1.Evaluation;
using Rt1.Model.Checkpoints;

namespace Rt1.Cli.Evaluate;

/// <summary>A policy as <c>--policy</c> names it, before anything of it is loaded.</summary>
/// <param name="Argument">What was named.</param>
/// <param name="Identity">What results say of it.</param>
/// <param name="Frame">The frames that it was trained at; null when it does not look at them.</param>
internal sealed record EvaluatedPolicy(string Argument, PolicyIdentity Identity, (int Height, int Width)? Frame)
{
    public const string Expert = "expert";
    public const string Random = "random";

    /// <summary>Small ones, for policies that do not look at them: rendering costs most of an episode's time.</summary>
    private static readonly (int Height, int Width) Unseen = (48, 60);

    /// <summary>For people.</summary>
    private static readonly (int Height, int Width) Shown = (256, 320);

    /// <exception cref="Rt1Exception">There is no such checkpoint, or it is damaged.</exception>
    public static EvaluatedPolicy Find(string argument)
    {
        if (argument is Expert or Random)
            return new EvaluatedPolicy(argument, new PolicyIdentity(argument, null), null);
        if (!Directory.Exists(argument))
        {
            throw new Rt1Exception($"--policy: '{argument}' is neither a checkpoint folder nor '{Expert}' nor '{Random}'" +
                Similarity.Hint(argument, [Expert, Random]));
        }
        var fingerprint = PolicyCheckpoint.Fingerprint(argument);
        var config = Config.Load<PolicyConfig>(Path.Combine(argument, PolicyCheckpoint.ConfigFile));
        return new EvaluatedPolicy(argument, new PolicyIdentity(config.Name, fingerprint), (config.Image.Height, config.Image.Width));
    }

    public EpisodeOptions Options(TimeSpan latency) =>
        new() { ImageHeight = (Frame ?? Unseen).Height, ImageWidth = (Frame ?? Unseen).Width, Latency = latency };

    /// <summary>The same for videos: where the policy does not look, people do.</summary>
    public EpisodeOptions ForVideo(EpisodeOptions options) =>
        Frame is null ? options with { ImageHeight = Shown.Height, ImageWidth = Shown.Width } : options;
}
