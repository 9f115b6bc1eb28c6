using Rt1.Configuration;

namespace Rt1.Training.Tests;

public class NetworkCostTests
{
    /// <summary>EfficientNet-B3 has 1.8·10⁹ multiplications an image of 300 pixels (arXiv 1905.11946); here a little fewer, for the last maps are 9×9 and not 10×10.</summary>
    [Fact]
    public void Forward_Rt1_IsEfficientNetsAndItsTransformers()
    {
        var whole = NetworkCost.Forward(new PolicyConfig());
        var withoutTransformer = NetworkCost.Forward(new PolicyConfig { Network = new NetworkConfig { Transformer = new TransformerConfig { Layers = 1, Width = 1, Heads = 1, KeySize = 1 } } });

        Assert.InRange(withoutTransformer / 6 / 2, 1.6e9, 1.8e9);
        // 114 tokens through 8 layers of 4 · 512 · 1024 + 512² weights, and both attention products.
        Assert.InRange((whole - withoutTransformer) / 2, 2.0e9, 2.6e9);
    }

    [Fact]
    public void Forward_WindowTwiceAsLong_CostsMoreThanTwice()
    {
        var policy = Toy.Policy;
        var twice = policy with { Network = policy.Network with { Window = 2 * policy.Network.Window } };

        Assert.InRange(NetworkCost.Forward(twice) / NetworkCost.Forward(policy), 2.0, 2.2);
    }
}
