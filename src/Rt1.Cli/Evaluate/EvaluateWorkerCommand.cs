using System.CommandLine;
using Rt1.Evaluation;

namespace Rt1.Cli.Evaluate;

/// <summary><c>rt1 evaluate worker</c>: the children of <c>rt1 evaluate</c>. Jobs come as lines of JSON, results go the same way.</summary>
internal static class EvaluateWorkerCommand
{
    private static readonly Option<string> Policy = new("--policy") { Required = true };
    private static readonly Option<int> Height = new("--height") { Required = true };
    private static readonly Option<int> Width = new("--width") { Required = true };
    private static readonly Option<double> Rate = new("--rate") { Required = true };
    private static readonly Option<double> Latency = new("--latency-ms") { Required = true };
    private static readonly Option<Device> OnDevice = CommonOptions.Device();

    public static Command Create()
    {
        var command = new Command("worker", "Runs episodes for 'rt1 evaluate'.") { Policy, Height, Width, Rate, Latency, OnDevice };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            using var policies = new EvaluatedPolicies(EvaluatedPolicy.Find(parsed.GetRequiredValue(Policy)), parsed.GetValue(OnDevice));
            var options = new EpisodeOptions
            {
                ImageHeight = parsed.GetValue(Height),
                ImageWidth = parsed.GetValue(Width),
                RateHz = parsed.GetValue(Rate),
                Latency = TimeSpan.FromMilliseconds(parsed.GetValue(Latency)),
            };
            WorkerLoop.Run(new EpisodeRunner(options, policies.For), Console.In, Console.Out);
            return Application.Ok;
        });
        return command;
    }

    /// <summary>The command line that <see cref="Create"/> reads.</summary>
    public static IEnumerable<object> Arguments(EvaluatedPolicy policy, EpisodeOptions options, Device device) =>
    [
        "evaluate", "worker", Policy.Name, policy.Argument, Height.Name, options.ImageHeight, Width.Name, options.ImageWidth,
        Rate.Name, options.RateHz, Latency.Name, options.Latency.TotalMilliseconds, OnDevice.Name, device,
    ];
}
