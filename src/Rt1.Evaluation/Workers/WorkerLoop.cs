using System.Collections.Concurrent;
using System.Text.Json;
using Rt1.Core;

namespace Rt1.Evaluation;

/// <summary>The other side of <see cref="WorkerPool"/>.</summary>
public static class WorkerLoop
{
    /// <summary>Runs an episode for each line of the input and writes its result. Ends with its input, at once also in the middle of an episode.</summary>
    /// <exception cref="Rt1Exception">A line is not a job, or its situation cannot be built.</exception>
    public static void Run(EpisodeRunner runner, TextReader input, TextWriter output, CancellationToken cancellation = default) =>
        Serve(input, (line, stop) =>
        {
            output.WriteLine(EvaluationJson.Line(runner.Run(Parse(line), stop)));
            output.Flush();
        }, cancellation);

    /// <summary>Works on each line of the input. Ends with its input, at once also in the middle of a line's work.</summary>
    /// <param name="work">Takes a line; the token is cancelled when nobody waits for it any more.</param>
    public static void Serve(TextReader input, Action<string, CancellationToken> work, CancellationToken cancellation = default)
    {
        // Not disposed: the thread that reads may outlive them.
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var lines = new BlockingCollection<string>();
        new Thread(() => Read(input, lines, stop)) { IsBackground = true, Name = "orders" }.Start();
        try
        {
            foreach (var line in lines.GetConsumingEnumerable(stop.Token))
                work(line, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more.
        }
    }

    private static void Read(TextReader input, BlockingCollection<string> lines, CancellationTokenSource stop)
    {
        while (input.ReadLine() is { } line)
            lines.Add(line);
        stop.Cancel();
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
