using System.Text.Json;
using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>The child's side of <see cref="WorkerPool"/>.</summary>
public static class WorkerLoop
{
    /// <summary>Runs an episode for each line of the input and writes its result, until the input ends.</summary>
    /// <exception cref="Rt1Exception">A line is not a job, or its situation cannot be built.</exception>
    public static void Run(EpisodeRunner runner, TextReader input, TextWriter output, CancellationToken cancellation = default)
    {
        while (input.ReadLine() is { } line)
        {
            output.WriteLine(EvaluationJson.Line(runner.Run(Parse(line), cancellation)));
            output.Flush();
        }
    }

    private static EpisodeJob Parse(string line)
    {
        try
        {
            return EvaluationJson.Read<EpisodeJob>(line);
        }
        catch (JsonException e)
        {
            throw new Rt1Exception($"evaluate worker: expected a job as a line of JSON, as 'rt1 evaluate' writes it: {e.Message}", e);
        }
    }
}
