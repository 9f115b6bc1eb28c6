using static Rt1.Bindings.Torch.Dispatcher;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Call("abs", this);
        public Tensor acos() => Call("acos", this);
        public Tensor asin() => Call("asin", this);
        public Tensor atan() => Call("atan", this);
        public Tensor ceil() => Call("ceil", this);
        public Tensor cos() => Call("cos", this);
        public Tensor erf() => Call("erf", this);
        public Tensor exp() => Call("exp", this);
        public Tensor expm1() => Call("expm1", this);
        public Tensor floor() => Call("floor", this);
        public Tensor isfinite() => Call("isfinite", this);
        public Tensor isinf() => Call("isinf", this);
        public Tensor isnan() => Call("isnan", this);
        public Tensor log() => Call("log", this);
        public Tensor log10() => Call("log10", this);
        public Tensor log1p() => Call("log1p", this);
        public Tensor log2() => Call("log2", this);
        public Tensor logical_not() => Call("logical_not", this);
        public Tensor neg() => Call("neg", this);
        public Tensor reciprocal() => Call("reciprocal", this);
        public Tensor relu() => Call("relu", this);
        public Tensor rsqrt() => Call("rsqrt", this);
        public Tensor sigmoid() => Call("sigmoid", this);
        public Tensor sign() => Call("sign", this);
        public Tensor silu() => Call("silu", this);
        public Tensor sin() => Call("sin", this);
        public Tensor sqrt() => Call("sqrt", this);
        public Tensor square() => Call("square", this);
        public Tensor tan() => Call("tan", this);
        public Tensor tanh() => Call("tanh", this);
        public Tensor trunc() => Call("trunc", this);

        public Tensor abs_() => InPlace("abs_", this);
        public Tensor ceil_() => InPlace("ceil_", this);
        public Tensor cos_() => InPlace("cos_", this);
        public Tensor erf_() => InPlace("erf_", this);
        public Tensor exp_() => InPlace("exp_", this);
        public Tensor expm1_() => InPlace("expm1_", this);
        public Tensor floor_() => InPlace("floor_", this);
        public Tensor log_() => InPlace("log_", this);
        public Tensor log10_() => InPlace("log10_", this);
        public Tensor log1p_() => InPlace("log1p_", this);
        public Tensor log2_() => InPlace("log2_", this);
        public Tensor neg_() => InPlace("neg_", this);
        public Tensor reciprocal_() => InPlace("reciprocal_", this);
        public Tensor relu_() => InPlace("relu_", this);
        public Tensor rsqrt_() => InPlace("rsqrt_", this);
        public Tensor sigmoid_() => InPlace("sigmoid_", this);
        public Tensor sign_() => InPlace("sign_", this);
        public Tensor silu_() => InPlace("silu_", this);
        public Tensor sin_() => InPlace("sin_", this);
        public Tensor sqrt_() => InPlace("sqrt_", this);
        public Tensor tan_() => InPlace("tan_", this);
        public Tensor tanh_() => InPlace("tanh_", this);
        public Tensor trunc_() => InPlace("trunc_", this);

        /// <summary>Rounds half to even.</summary>
        public Tensor round(long decimals = 0) => Call("round.decimals", this, decimals);
        public Tensor round_(long decimals = 0) => InPlace("round_.decimals", this, decimals);

        /// <summary>The Gaussian error linear unit, x·Φ(x).</summary>
        public Tensor gelu() => Call("gelu", this);

        /// <inheritdoc cref="gelu()"/>
        /// <param name="approximate">Exact, or by the hyperbolic tangent.</param>
        public Tensor gelu(Modules.GELU.Approximate approximate) => Call("gelu", this, approximate.ToString());
        public Tensor leaky_relu(Scalar negative_slope) => Call("leaky_relu", this, negative_slope);
        public Tensor softplus(double beta = 1, double threshold = 20) => Call("softplus", this, beta, threshold);
        public Tensor log_sigmoid() => Call("log_sigmoid", this);

        /// <summary>Limits the values from below and above; null is no limit.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Call("clamp", this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Call("clamp.Tensor", this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace("clamp_", this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => InPlace("clamp_.Tensor", this, min, max);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);
        public Tensor clamp_min(Scalar min) => Call("clamp_min", this, min);
        public Tensor clamp_min_(Scalar min) => InPlace("clamp_min_", this, min);
        public Tensor clamp_max(Scalar max) => Call("clamp_max", this, max);
        public Tensor clamp_max_(Scalar max) => InPlace("clamp_max_", this, max);

        /// <summary>Replaces NaN and infinities; null stands for the largest (smallest) number of the element type.</summary>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Call("nan_to_num", this, nan, posinf, neginf);
        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) =>
            InPlace("nan_to_num_", this, nan, posinf, neginf);

        /// <summary>Sets the places where <paramref name="mask"/> (bool, broadcast) is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Call("masked_fill.Scalar", this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace("masked_fill_.Scalar", this, mask, value);

        /// <summary>This tensor's values where <paramref name="condition"/> is true, those of <paramref name="y"/> elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => Call("where.self", condition, this, y);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Call("softmax.int", this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Call("log_softmax.int", this, dim, dtype);

        public Tensor fill_(Scalar value) => InPlace("fill_.Scalar", this, value);
        public Tensor zero_() => InPlace("zero_", this);
        public Tensor copy_(Tensor source, bool nonBlocking = false) => InPlace("copy_", this, source, nonBlocking);
        public Tensor clone() => Call("clone", this);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            InPlace("normal_", this, mean, std, generator);
        public Tensor uniform_(double from, double to, Generator? generator = null) => InPlace("uniform_", this, from, to, generator);
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => InPlace("bernoulli_.float", this, p, generator);
        public Tensor bernoulli(Generator? generator = null) => Call("bernoulli", this, generator);
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Call("multinomial", this, num_samples, replacement, generator);
    }
}
