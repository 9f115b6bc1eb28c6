using OpenCvSharp;
using Rt1.Model.Checkpoints;
using static TorchSharp.torch;

namespace Rt1.Cli.Tests.Checkpoints;

/// <summary><c>rt1 predict</c> with a small policy, right and wrong.</summary>
public sealed class PredictTests : IDisposable
{
    private const int Steps = 3;
    private readonly MiniRuntime _runtime = new();
    private readonly string _policy;

    public PredictTests() => _policy = MiniCheckpoint.Save(_runtime);

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public void Predict_ImageFolderAndTensors_SamePrediction()
    {
        using var scope = NewDisposeScope();
        var images = randint(0, 256, [Steps, MiniRuntime.ImageSize, MiniRuntime.ImageSize, 3], dtype: ScalarType.Byte);
        SafetensorsFile.Write(_runtime["frames.safetensors"], new Dictionary<string, Tensor> { ["image"] = images });
        WriteImages(images);

        Predict("frames.safetensors", "tensors.safetensors", "--instruction", MiniRuntime.Instruction).Succeeded();
        Predict("images", "images.safetensors", "--instruction", MiniRuntime.Instruction).Succeeded();

        using var fromTensors = SafetensorsFile.Open(_runtime["tensors.safetensors"]);
        using var fromImages = SafetensorsFile.Open(_runtime["images.safetensors"]);
        Assert.Equal([Steps, 11, 256], fromTensors.Entries["logits"].Shape);
        Assert.Equal([Steps, 11], fromTensors.Entries["tokens"].Shape);
        Assert.Equal(fromTensors.Entries.Keys.Order(), fromImages.Entries.Keys.Order());
        Assert.Equal(fromTensors.Read("logits").data<float>().ToArray(), fromImages.Read("logits").data<float>().ToArray());
    }

    [Fact]
    public void Predict_WrongInput_OneLineThatNamesIt()
    {
        using var scope = NewDisposeScope();
        File.WriteAllText(_runtime["broken.safetensors"], "no tensors in here");
        SafetensorsFile.Write(_runtime["floats.safetensors"], new Dictionary<string, Tensor> { ["image"] = zeros(2, 192, 192, 3) });
        SafetensorsFile.Write(_runtime["small.safetensors"], new Dictionary<string, Tensor> { ["image"] = zeros([2, 64, 64, 3], ScalarType.Byte) });
        SafetensorsFile.Write(_runtime["narrow.safetensors"], new Dictionary<string, Tensor>
        {
            ["image"] = zeros([2, 192, 192, 3], ScalarType.Byte),
            ["natural_language_embedding"] = zeros(12),
        });
        WriteImages(zeros([1, 192, 192, 3], ScalarType.Byte));

        AssertFault(Predict("broken.safetensors", "out.json"), "broken.safetensors");
        AssertFault(Predict("absent.safetensors", "out.json"), "absent.safetensors", "no such file");
        AssertFault(Predict("floats.safetensors", "out.json"), "floats.safetensors", "uint8");
        AssertFault(Predict("small.safetensors", "out.json", "--instruction", MiniRuntime.Instruction), "192×192", "64×64");
        AssertFault(Predict("small.safetensors", "out.json"), "small.safetensors", "natural_language_embedding");
        AssertFault(Predict("narrow.safetensors", "out.json"), "128", "12");
        AssertFault(Predict("images", "out.json"), "images", "--instruction");
        AssertFault(Predict("images", "out.txt", "--instruction", MiniRuntime.Instruction), "out.txt", ".safetensors or .json");
        AssertFault(Predict("images", "out.json", "--instruction", "make me a coffee"), "'make me a coffee'", MiniRuntime.Instruction);
        AssertFault(Predict("images", "absent/out.json", "--instruction", MiniRuntime.Instruction), "absent/out.json");
        Assert.False(File.Exists(_runtime["out.json"]));
    }

    [Fact]
    public void Predict_DamagedCheckpoint_OneLineThatNamesIt()
    {
        WriteImages(zeros([1, 192, 192, 3], ScalarType.Byte));
        var weights = Path.Combine(_policy, PolicyCheckpoint.WeightsFile);
        using (var file = File.OpenWrite(weights))
            file.SetLength(file.Length / 2);

        AssertFault(Predict("images", "out.json", "--instruction", MiniRuntime.Instruction), "policy", PolicyCheckpoint.WeightsFile);
        File.Delete(weights);
        AssertFault(Predict("images", "out.json", "--instruction", MiniRuntime.Instruction), "policy", PolicyCheckpoint.WeightsFile);
    }

    private static void AssertFault(Outcome end, params string[] parts)
    {
        var fault = end.Fault();
        Assert.All(parts, part => Assert.Contains(part, fault));
    }

    private Outcome Predict(string episode, string output, params string[] more) =>
        Rt1Process.Run(["predict", "--policy", _policy, "--episode", _runtime[episode], "--out", _runtime[output], .. more]);

    private void WriteImages(Tensor images)
    {
        Directory.CreateDirectory(_runtime["images"]);
        for (var i = 0; i < images.shape[0]; i++)
        {
            using var rgb = Mat.FromPixelData((int)images.shape[1], (int)images.shape[2], MatType.CV_8UC3, images[i].data<byte>().ToArray());
            using var bgr = new Mat();
            Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
            Assert.True(Cv2.ImWrite(Path.Combine(_runtime["images"], $"{i}.png"), bgr));
        }
    }
}
