using System.Collections;
using System.Globalization;
using Rt1.Core;

namespace Rt1.Training;

/// <summary>
/// This process's place among the workers, as those who started it say in environment variables: our own <c>--workers</c>, torchrun
/// (PyTorch's <c>env://</c>) or Slurm.
/// </summary>
/// <param name="Rank">Which worker this is, from 0.</param>
/// <param name="Size">How many workers there are.</param>
/// <param name="LocalRank">Which worker of this machine this is: the number of its CUDA device.</param>
/// <param name="Meeting">Where the workers find each other.</param>
public sealed record WorkerEnvironment(int Rank, int Size, int LocalRank, Meeting Meeting)
{
    /// <summary>A file on this machine where the workers meet; set by <see cref="LocalWorkers"/>, so that nothing needs to listen.</summary>
    internal const string StoreFile = "RT1_WORKER_STORE";

    /// <summary>PyTorch's default.</summary>
    private const int DefaultPort = 29500;

    /// <summary>Whether <see cref="LocalWorkers"/> started this process, and speaks for it when another worker is lost.</summary>
    public bool IsLocal => Meeting is FileMeeting;

    /// <summary>Reads this process's environment.</summary>
    /// <returns>Null where nobody speaks of several workers.</returns>
    /// <inheritdoc cref="Read"/>
    public static WorkerEnvironment? OfThisProcess() => Read(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? ""));

    /// <param name="variables">The environment.</param>
    /// <exception cref="Rt1Exception">A variable is missing or is no number.</exception>
    public static WorkerEnvironment? Read(IReadOnlyDictionary<string, string> variables)
    {
        // A batch script has SLURM_NTASKS as well, but only a task started by srun has a number.
        var slurm = !variables.ContainsKey("RANK") && variables.ContainsKey("SLURM_PROCID");
        if (!slurm && !variables.ContainsKey("WORLD_SIZE"))
            return null;
        var names = slurm ? ("SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID") : ("RANK", "WORLD_SIZE", "LOCAL_RANK");
        var (rank, size) = (Number(variables, names.Item1), Number(variables, names.Item2));
        if (size < 1 || rank < 0 || rank >= size)
            throw new Rt1Exception($"environment: {names.Item1} must be in [0, {names.Item2}), got {rank} of {size}.");
        if (slurm && size == 1)
            return null;
        var local = variables.ContainsKey(names.Item3) ? Number(variables, names.Item3) : 0;
        return new WorkerEnvironment(rank, size, local, FindMeeting(variables, slurm));
    }

    private static Meeting FindMeeting(IReadOnlyDictionary<string, string> variables, bool slurm)
    {
        if (variables.TryGetValue(StoreFile, out var file))
            return new FileMeeting(file);
        var address = variables.GetValueOrDefault("MASTER_ADDR")
            ?? (slurm ? SlurmNodes.First(variables.GetValueOrDefault("SLURM_JOB_NODELIST") ?? variables.GetValueOrDefault("SLURM_NODELIST")) : null)
            ?? throw Missing("MASTER_ADDR");
        var port = variables.ContainsKey("MASTER_PORT") ? Number(variables, "MASTER_PORT")
            : slurm ? DefaultPort : throw Missing("MASTER_PORT");
        // torchrun's own server stays at that port when workers are started again, so each start has a prefix of its own.
        var agent = string.Equals(variables.GetValueOrDefault("TORCHELASTIC_USE_AGENT_STORE"), "true", StringComparison.OrdinalIgnoreCase);
        var attempt = variables.GetValueOrDefault("TORCHELASTIC_RESTART_COUNT", "0");
        return new TcpMeeting(address, port, agent ? $"/worker/attempt_{attempt}" : null)
        {
            NetworkInterface = variables.GetValueOrDefault("GLOO_SOCKET_IFNAME"),
        };
    }

    private static int Number(IReadOnlyDictionary<string, string> variables, string name)
    {
        if (!variables.TryGetValue(name, out var text))
            throw Missing(name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new Rt1Exception($"environment: {name} must be a whole number, got '{text}'.");
    }

    private static Rt1Exception Missing(string name) => new(
        $"environment: {name} is not set, but other variables speak of several workers; start them with torchrun, srun or --workers.");
}

/// <summary>Where workers find each other.</summary>
public abstract record Meeting;

/// <summary>On one machine.</summary>
public sealed record FileMeeting(string Path) : Meeting;

/// <summary>At a TCP server.</summary>
/// <param name="AgentPrefix">Where it is torchrun's, the part of it that is ours; otherwise worker 0 runs it.</param>
public sealed record TcpMeeting(string Host, int Port, string? AgentPrefix) : Meeting
{
    /// <summary>The network interface at which the others reach this worker; found out unless given.</summary>
    public string? NetworkInterface { get; init; }
}
