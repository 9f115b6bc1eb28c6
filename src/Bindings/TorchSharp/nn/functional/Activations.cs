using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The operators behind the modules, without state.</summary>
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_().alias() : x.silu();
            public static Tensor sigmoid(Tensor x) => x.sigmoid();
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();
            public static Tensor gelu(Tensor x) => x.gelu();

            /// <param name="approximate">Exact, or by the hyperbolic tangent.</param>
            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false) =>
                inplace ? InPlace(x, x.gelu(approximate)) : x.gelu(approximate);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? InPlace(input, input.leaky_relu(negative_slope)) : input.leaky_relu(negative_slope);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            private static Tensor InPlace(Tensor target, Tensor values)
            {
                using (values)
                    return target.copy_(values).alias();
            }

            /// <summary>
            /// Sets elements to zero with probability <paramref name="p"/> and scales the rest by 1/(1 − p), while training.
            /// </summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Rt1.Bindings.Torch.Dispatcher.Call(inplace ? "dropout_" : "dropout", input, p, training);

            /// <summary>Like <see cref="dropout"/>, for whole channels of (N, C, H, W).</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Rt1.Bindings.Torch.Dispatcher.Call(inplace ? "feature_dropout_" : "feature_dropout", input, p, training);
        }
    }
}
