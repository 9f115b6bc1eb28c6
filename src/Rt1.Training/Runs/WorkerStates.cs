using Rt1.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>Gathers all workers' positions in the data, and hands them out again.</summary>
internal static class WorkerStates
{
    private const int NumbersPerDataset = 3;

    /// <summary>Every worker's state, in the order of their ranks; all workers call it.</summary>
    public static IReadOnlyList<MixtureState> Gather(MixtureState own, IReadOnlyList<string> datasets, IWorkerGroup workers, Device device)
    {
        if (workers.Size == 1)
            return [own];
        using var scope = NewDisposeScope();
        var width = 1 + NumbersPerDataset * datasets.Count;
        var numbers = new double[workers.Size * width];
        var row = numbers.AsSpan(workers.Rank * width, width);
        row[0] = own.Batch;
        foreach (var (i, name) in datasets.Index())
        {
            var position = own.Positions.GetValueOrDefault(name) ?? new StreamPosition();
            (row[1 + NumbersPerDataset * i], row[2 + NumbersPerDataset * i], row[3 + NumbersPerDataset * i]) = (position.Epoch, position.Block, position.Window);
        }
        var all = tensor(numbers).to(device);
        workers.AllReduceSum(all);
        var values = all.cpu().data<double>().ToArray();
        return [.. Enumerable.Range(0, workers.Size).Select(rank => StateOf(values.AsSpan(rank * width, width), datasets, own.Bad))];
    }

    /// <summary>
    /// A worker's state of those that were saved. With as many workers as then each has its own; otherwise all go on from the furthest, so that
    /// no window is drawn twice and less than a batch is left out.
    /// </summary>
    public static MixtureState Of(IReadOnlyList<MixtureState> saved, IWorkerGroup workers)
    {
        if (saved.Count == workers.Size)
            return saved[workers.Rank];
        return saved[0] with
        {
            Positions = saved[0].Positions.Keys.ToDictionary(name => name, name => saved.Select(s => s.Positions[name]).MaxBy(p => (p.Epoch, p.Block, p.Window))!),
        };
    }

    private static MixtureState StateOf(ReadOnlySpan<double> row, IReadOnlyList<string> datasets, IReadOnlyDictionary<string, IReadOnlyList<string>> bad)
    {
        var positions = new Dictionary<string, StreamPosition>();
        foreach (var (i, name) in datasets.Index())
            positions[name] = new StreamPosition((int)row[1 + NumbersPerDataset * i], (int)row[2 + NumbersPerDataset * i], (int)row[3 + NumbersPerDataset * i]);
        return new MixtureState { Batch = (long)row[0], Positions = positions, Bad = bad };
    }
}
