using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Simulation.Tests;

public sealed class GenerationFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly GenerationConfig _config = GenerationTests.Config("episodes=2", "episodes_per_shard=1");

    [Fact]
    public void Open_AfterAStop_GoesOnWithTheMissingShards()
    {
        using (var place = GenerationFolder.Open(_temporary["data"], _config))
        {
            Assert.Equal([0, 1], place.Missing);
            place.Make(1, place.CreateGenerator());
        }
        using (var place = GenerationFolder.Open(_temporary["data"], _config))
        {
            Assert.Equal([0], place.Missing);
            Assert.Equal(1, place.Done);
            place.Make(0, place.CreateGenerator());
            Assert.Equal(2, place.Complete().Episodes);
        }
        using (var place = GenerationFolder.Open(_temporary["data"], _config))
        {
            Assert.True(place.IsComplete);
            Assert.Empty(place.Missing);
            Assert.Equal(2, place.Complete().Skills["pick"].Kept);
        }
        Assert.False(Directory.Exists(_temporary["data"] + ".incomplete"));
    }

    [Fact]
    public void Make_Cancelled_LeavesTheShardMissing()
    {
        using var place = GenerationFolder.Open(_temporary["data"], _config);
        Assert.ThrowsAny<OperationCanceledException>(() => place.Make(0, place.CreateGenerator(), new CancellationToken(canceled: true)));
        Assert.Equal([0, 1], place.Missing);
    }

    [Fact]
    public void Open_OtherSettings_SaysWhich()
    {
        GenerationFolder.Open(_temporary["data"], _config).Dispose();
        var fault = Assert.Throws<Rt1Exception>(() => GenerationFolder.Open(_temporary["data"], _config with { Seed = 7 }));
        Assert.Contains("holds a dataset of other settings ('seed: 1' there, 'seed: 7' asked for)", fault.Message);
    }

    [Fact]
    public void Open_SomethingElseIsThere_IsRefused()
    {
        Directory.CreateDirectory(_temporary["data"]);
        Assert.Contains("holds no generated dataset", Assert.Throws<Rt1Exception>(() => GenerationFolder.Open(_temporary["data"], _config)).Message);
    }

    [Fact]
    public void Open_AnotherRunIsAtWork_IsRefused()
    {
        using var first = GenerationFolder.Open(_temporary["data"], _config);
        Assert.Contains("another run is making this dataset", Assert.Throws<Rt1Exception>(() => GenerationFolder.Open(_temporary["data"], _config)).Message);
    }

    public void Dispose() => _temporary.Dispose();
}
