using System.Buffers.Binary;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class DatasetVerifierTests
{
    [Fact]
    public void Verify_SoundDataset_CountsAndFindsNothing()
    {
        using var temporary = new TemporaryFolder();
        SmallDataset.Write(temporary["d"], Enumerable.Range(0, 5).Select(i => SmallDataset.Episode(i, steps: 3)));
        var dataset = EpisodeDatasets.Open(temporary["d"]);
        var verifier = new DatasetVerifier(dataset);

        Assert.Empty(verifier.Verify(dataset.Split()));
        Assert.Equal((5, 15, 15), (verifier.EpisodeCount, verifier.StepCount, verifier.ImageCount));
    }

    /// <summary>Flips one bit in 1% of the records, anywhere: lengths, checksums, data.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Verify_OnePercentOfRecordsDamaged_FindsEachAndNoOther(int seed)
    {
        using var temporary = new TemporaryFolder();
        var shard = SmallDataset.Write(temporary["d"], Enumerable.Range(0, 1000).Select(i => SmallDataset.Episode(i)));
        var bytes = File.ReadAllBytes(shard);
        var starts = RecordStarts(bytes);
        var random = new Random(seed);
        var damaged = Enumerable.Range(0, 1000).OrderBy(_ => random.Next()).Take(10).Order().ToList();
        foreach (var record in damaged)
            bytes[random.Next(starts[record], starts[record + 1])] ^= (byte)(1 << random.Next(8));
        File.WriteAllBytes(shard, bytes);

        var faults = SmallDataset.Verify(temporary["d"]);

        Assert.Equal(damaged.Select(d => (long?)starts[d]), faults.Where(f => f.Offset is not null).Select(f => f.Offset));
        Assert.All(faults, f => Assert.Equal(shard, f.File));
        Assert.All(faults.Where(f => f.Offset is not null), f => Assert.Contains("does not match its checksum", f.Reason));
        var dataset = EpisodeDatasets.Open(temporary["d"]);
        var sound = dataset.Read(dataset.Split()).Where(r => r.Episode is not null).Select(r => r.Episode!.Values.Get<TensorValue>("id").As<long>()[0]);
        Assert.Equal(Enumerable.Range(0, 1000).Except(damaged).Select(i => (long)i), sound);
    }

    [Fact]
    public void Verify_ShardCutOff_NamesTheRecordAndTheCount()
    {
        using var temporary = new TemporaryFolder();
        var shard = SmallDataset.Write(temporary["d"], Enumerable.Range(0, 4).Select(i => SmallDataset.Episode(i)));
        var bytes = File.ReadAllBytes(shard);
        var starts = RecordStarts(bytes);
        File.WriteAllBytes(shard, bytes[..(starts[2] + 40)]);

        var faults = SmallDataset.Verify(temporary["d"]);

        Assert.Equal((2L, (long)starts[2]), (faults[0].Record!.Value, faults[0].Offset!.Value));
        Assert.Contains("cut off", faults[0].Reason);
        Assert.Contains("holds 3 records", faults[1].Reason);
        Assert.Contains("says 4", faults[1].Reason);
        Assert.Equal(2, faults.Count);
    }

    [Fact]
    public void Verify_ShardMissing_NamesTheFile()
    {
        using var temporary = new TemporaryFolder();
        var shard = SmallDataset.Write(temporary["d"], Enumerable.Range(0, 4).Select(i => SmallDataset.Episode(i)), maxShardBytes: 1);
        File.Delete(shard);

        var fault = Assert.Single(SmallDataset.Verify(temporary["d"]));

        Assert.Equal(shard, fault.File);
        Assert.Contains("missing", fault.Reason);
    }

    [Fact]
    public void Verify_RecordOfAnotherSchema_NamesTheFeature()
    {
        using var temporary = new TemporaryFolder();
        var shard = SmallDataset.Write(temporary["d"], [SmallDataset.Episode(0), SmallDataset.Episode(1)]);
        File.Delete(shard);
        using (var other = new RldsWriter(temporary["other"], "small", new StructSpec(("id", new TensorSpec(ElementType.Float32)))))
        {
            other.Write(new StructValue(("id", TensorValue.Scalar(1f))));
            other.Complete();
        }
        File.Move(EpisodeDatasets.Open(temporary["other"]).Split().Shards[0].File, shard);

        var faults = SmallDataset.Verify(temporary["d"]);

        Assert.Equal((0L, 0L), (faults[0].Record!.Value, faults[0].Offset!.Value));
        Assert.Contains("'id' is a FloatList, expected int64", faults[0].Reason);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Verify_ActionNotFinite_NamesStepAndPosition(float bad)
    {
        using var temporary = new TemporaryFolder();
        SmallDataset.Write(temporary["d"], [SmallDataset.Episode(0), SmallDataset.Episode(1, action: bad)]);

        var faults = SmallDataset.Verify(temporary["d"]);

        Assert.Equal(2, faults.Count);
        Assert.Equal(1, faults[0].Record);
        Assert.Contains("'steps[0]/action' holds", faults[0].Reason);
        Assert.Contains("position 2", faults[0].Reason);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "expected a JPEG or PNG")]
    [InlineData(new byte[0], "expected a JPEG or PNG image, got no bytes")]
    public void Verify_ImageThatIsNone_NamesIt(byte[] image, string reason)
    {
        using var temporary = new TemporaryFolder();
        SmallDataset.Write(temporary["d"], [SmallDataset.Episode(0, steps: 1, image: image)]);

        Assert.Contains($"steps/observation/image[0]: {reason}", Assert.Single(SmallDataset.Verify(temporary["d"])).Reason);
    }

    [Fact]
    public void Verify_JpegWithDamagedData_IsFound()
    {
        var image = ((StoredImage)EveryFeature.Random(SmallDataset.Image, new Random(1))).Bytes.ToArray();
        var middle = image[..^60].Concat(image[^2..]).ToArray();
        using var temporary = new TemporaryFolder();
        SmallDataset.Write(temporary["d"], [SmallDataset.Episode(0, steps: 1, image: middle)]);

        Assert.Contains("damaged", Assert.Single(SmallDataset.Verify(temporary["d"])).Reason);
    }

    private static List<int> RecordStarts(byte[] shard)
    {
        var starts = new List<int> { 0 };
        while (starts[^1] < shard.Length)
            starts.Add(starts[^1] + 16 + (int)BinaryPrimitives.ReadInt64LittleEndian(shard.AsSpan(starts[^1])));
        return starts;
    }
}
