using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Data.Tests;

public class FeaturesJsonTests
{
    [Theory]
    [InlineData("""{"pythonClassName": "tensorflow_datasets.core.features.audio_feature.Audio", "audio": {}}""", "audio_feature.Audio, which is not supported")]
    [InlineData("""{"pythonClassName": "my.project.Special", "tensor": {}}""", "my.project.Special, which is not supported")]
    [InlineData("""{"pythonClassName": "a.Tensor", "tensor": {"shape": {}, "dtype": "complex64"}}""", "dtype 'complex64'")]
    [InlineData("""{"pythonClassName": "a.Tensor", "tensor": {"shape": {}, "dtype": "int8", "encoding": "gzip"}}""", "encoding 'gzip'")]
    [InlineData("""{"pythonClassName": "a.Tensor", "tensor": {"shape": {"dimensions": ["3", "-1"]}, "dtype": "int8"}}""", "(3, any) without an encoding")]
    [InlineData("""{"pythonClassName": "a.Tensor", "tensor": {"shape": {"dimensions": ["99999", "99999"]}, "dtype": "int8"}}""", "(99999, 99999)")]
    [InlineData("""{"pythonClassName": "a.Image", "image": {"shape": {"dimensions": ["2", "2", "3"]}, "dtype": "float32"}}""", "float32 image of (2, 2, 3)")]
    [InlineData("""{"pythonClassName": "a.Image", "image": {"shape": {"dimensions": ["2", "2", "3"]}, "encodingFormat": "gif"}}""", "'gif' image")]
    [InlineData("""{"type": "tensorflow_datasets.core.features.Text", "content": {}}""", "before 4.5")]
    public void Read_VocabularyOutsideOfRobotDatasets_IsRefusedWithItsName(string feature, string reason)
    {
        using var temporary = new TemporaryFolder();
        var file = temporary["features.json"];
        File.WriteAllText(file, """{"pythonClassName": "a.FeaturesDict", "featuresDict": {"features": {"odd": """ + feature + "}}}");

        var fault = Assert.Throws<UnsupportedFeatureException>(() => FeaturesJson.Read(file));

        Assert.Equal("odd", fault.Feature);
        Assert.StartsWith($"{file}: feature 'odd': ", fault.Message);
        Assert.Contains(reason, fault.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"pythonClassName": "a.Text", "text": {}}""")]
    public void Read_NoFeaturesJson_SaysSo(string text)
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllText(temporary["features.json"], text);

        Assert.StartsWith(temporary["features.json"], Assert.Throws<Rt1Exception>(() => FeaturesJson.Read(temporary["features.json"])).Message);
    }

    [Fact]
    public void Open_OtherFileFormat_IsRefused()
    {
        using var temporary = new TemporaryFolder();
        SmallDataset.Write(temporary["d"], [SmallDataset.Episode(1)]);
        var info = temporary["d", "dataset_info.json"];
        File.WriteAllText(info, File.ReadAllText(info).Replace("\"tfrecord\"", "\"riegeli\""));

        Assert.Contains("'riegeli'", Assert.Throws<Rt1Exception>(() => EpisodeDatasets.Open(temporary["d"])).Message);
    }

    [Fact]
    public void Open_FolderOfVersions_TakesTheNewest()
    {
        using var temporary = new TemporaryFolder();
        foreach (var version in new[] { "0.9.0", "0.10.0", "0.2.0" })
            SmallDataset.Write(temporary[version], [SmallDataset.Episode(1)]);

        Assert.EndsWith("0.10.0", EpisodeDatasets.Open(temporary.Path).Folder);
    }
}
