using Rt1.Testing;

namespace Rt1.Data.Tests;

public sealed class RldsShardsTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly RldsShards _shards;

    public RldsShardsTests()
    {
        Directory.CreateDirectory(_temporary["data"]);
        _shards = new RldsShards(_temporary["data"], "small", SmallDataset.Spec, shardCount: 2);
    }

    [Fact]
    public void Complete_ShardsWrittenInAnyOrder_ReadInTheirOrder()
    {
        var second = Write(1, 3);
        var first = Write(0, 1, 2);
        _shards.Complete([first, second]);

        var dataset = EpisodeDatasets.Open(_temporary["data"]);
        var ids = dataset.Read(dataset.Split()).Select(e => e.OrThrow().Values.Get<TensorValue>("id")[0]);
        Assert.Equal([1, 2, 3], ids);
        Assert.Equal([2L, 1], dataset.Split().Shards.Select(s => s.EpisodeCount));
        Assert.Empty(SmallDataset.Verify(_temporary["data"]));
    }

    [Fact]
    public void Dispose_ShardNotComplete_LeavesNothing()
    {
        using (var writer = _shards.Create(0))
            writer.Write(SmallDataset.Episode(1));
        Assert.False(_shards.Exists(0));
        Assert.Empty(Directory.GetFiles(_temporary["data"]));
    }

    [Fact]
    public void Create_AfterAProcessDiedInTheMiddle_StartsTheShardAnew()
    {
        File.WriteAllText(Path.Combine(_temporary["data"], "small-train.tfrecord-00000-of-00002.incomplete"), "half a record");
        Assert.Equal(1, Write(0, 7).Episodes);
        Assert.True(_shards.Exists(0));
        Assert.Single(Directory.GetFiles(_temporary["data"]));
    }

    public void Dispose() => _temporary.Dispose();

    private RldsShard Write(int shard, params int[] ids)
    {
        using var writer = _shards.Create(shard);
        foreach (var id in ids)
            writer.Write(SmallDataset.Episode(id));
        return writer.Complete();
    }
}
