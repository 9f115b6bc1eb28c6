using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>y = x · Wᵀ + b over the last dimension.</summary>
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>y = x · Wᵀ + b; weight (out, in), bias (out). Starts uniform in ±1/√in, as in PyTorch.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
        {
            (in_features, out_features) = (inputSize, outputSize);
            var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            weight = new Parameter(nn.init.uniform_(empty(outputSize, inputSize, dtype, device), -bound, bound));
            bias = hasBias ? new Parameter(nn.init.uniform_(empty(outputSize, dtype, device), -bound, bound)) : null;
        }

        public long in_features { get; set; }

        public long out_features { get; set; }

        public Parameter weight { get => Find(nameof(weight))!; set => Assign(nameof(weight), value); }

        public Parameter? bias { get => Find(nameof(bias)); set => Assign(nameof(bias), value); }

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
    }
}
