namespace OneDnn;

/// <summary>A function applied to every number of an output.</summary>
public enum Activation
{
    None = 0,

    /// <summary>x · sigmoid(x).</summary>
    Swish = 1,

    /// <summary>GELU in its tanh form.</summary>
    GeluTanh = 2,

    /// <summary>GELU in its exact form, x · Φ(x).</summary>
    GeluErf = 3,
}

/// <summary>What runs in one sweep with a convolution or a linear layer, in this order.</summary>
public readonly record struct Fusion
{
    /// <summary>Adds the product to what the output holds: a residual connection without a copy.</summary>
    public bool Accumulate { get; init; }

    public Activation Activation { get; init; }

    /// <summary>Multiplies by a scale and adds a shift, both per output channel: <see cref="Layer.Modulate"/> sets them.</summary>
    public bool Modulate { get; init; }

    internal Native.NativeFusion ToNative() => new(Activation, Accumulate ? 1 : 0, Modulate ? 1 : 0);
}
