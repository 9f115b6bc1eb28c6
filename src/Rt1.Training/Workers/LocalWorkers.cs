using Rt1.Core;

namespace Rt1.Training;

/// <summary>Several workers on this machine: starts this program so often, relays what the workers print, and ends all when one fails.</summary>
public static class LocalWorkers
{
    /// <summary>A worker that lost another one may end first; so long the one to blame is waited for.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Runs the workers to their end.</summary>
    /// <param name="command">The program and its arguments, the same for all workers.</param>
    /// <param name="threads">Threads of each worker.</param>
    /// <param name="output">Takes what they print on their error streams; faults (lines that begin with <c>rt1: </c>) are held back.</param>
    /// <param name="stop">Asks all of them to finish their step, save and end.</param>
    /// <exception cref="Rt1Exception">A worker failed; the message names it and says why.</exception>
    public static void Run(IReadOnlyList<string> command, int count, int threads, TextWriter output, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("rt1-workers-");
        var workers = new List<LocalWorker>();
        try
        {
            for (var rank = 0; rank < count; rank++)
                workers.Add(LocalWorker.Start(command, rank, count, threads, Path.Combine(folder.FullName, "store"), output));
            using var asking = stop.Register(() => workers.ForEach(worker => worker.AskToStop()));
            if (FirstFailure(workers) is { } failed)
                throw new Rt1Exception(failed.Failure);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
            folder.Delete(recursive: true);
        }
    }

    /// <summary>This program with these arguments, as a command that starts it once more.</summary>
    public static IReadOnlyList<string> ThisProgram(IReadOnlyList<string> arguments)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no program file.");
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return isHost ? [program, Environment.GetCommandLineArgs()[0], .. arguments] : [program, .. arguments];
    }

    /// <summary>In a worker that <see cref="Run"/> started: ends it when the starting process is gone, however that ended.</summary>
    public static void EndWithStarter(WorkerEnvironment environment)
    {
        if (environment.IsLocal)
            new Thread(WaitForStarter) { IsBackground = true, Name = "starter watch" }.Start();
    }

    private static void WaitForStarter()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> buffer = stackalloc byte[64];
        while (input.Read(buffer) > 0)
        {
        }
        Environment.Exit(WorkerLostException.ExitCode);
    }

    /// <summary>Waits for all workers, or for the one to blame.</summary>
    private static LocalWorker? FirstFailure(List<LocalWorker> workers)
    {
        var running = workers.ToDictionary(worker => worker.Ended);
        LocalWorker? failed = null;
        Task? grace = null;
        while (running.Count > 0)
        {
            var next = Task.WaitAny(grace is null ? [.. running.Keys] : [.. running.Keys, grace]);
            if (next == running.Count)
                break;
            var ended = running.Keys.ElementAt(next);
            running.Remove(ended, out var worker);
            if (worker!.ExitCode == 0)
                continue;
            if (!worker.LostAnother)
                return worker;
            failed ??= worker;
            grace ??= Task.Delay(Grace);
        }
        return failed;
    }
}
