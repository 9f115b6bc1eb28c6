using Rt1.Testing;

namespace Rt1.Configuration.Tests;

public sealed class PolicyConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{ kernel: 4, channels: 8 }", "needs an odd kernel, with stride 2 of at least 3; got kernel 4 with stride 1.")]
    [InlineData("{ kernel: 1, stride: 2, channels: 8 }", "got kernel 1 with stride 2.")]
    [InlineData("", "network.backbone needs at least one stage.")]
    [InlineData("~", "network.backbone.stages[0] must have a value.")]
    [InlineData("{ stride: 2, channels: 8 }, { stride: 2, channels: 8 }, { stride: 2, channels: 8 }",
        "image.size must be at least 16 for the strides of network.backbone, which would leave no map; got 15.")]
    public void Load_BackboneThatCannotBeBuilt_IsRefused(string stages, string message) =>
        Assert.Contains(message, Assert.Throws<ConfigException>(() => Load(stages)).Message);

    [Theory]
    [InlineData("{ kernel: 1, channels: 8 }")]
    [InlineData("{ kernel: 3, stride: 2, channels: 8 }, { kernel: 5, stride: 2, channels: 8 }")]
    public void Load_BackboneThatFits_IsTaken(string stages) => Assert.NotEmpty(Load(stages).Network.Backbone.Stages);

    private PolicyConfig Load(string stages)
    {
        File.WriteAllText(_folder["policy.yaml"], $"image: {{ size: 15 }}\nnetwork: {{ backbone: {{ stages: [{stages}] }} }}");
        return Config.Load<PolicyConfig>(_folder["policy.yaml"]);
    }
}
