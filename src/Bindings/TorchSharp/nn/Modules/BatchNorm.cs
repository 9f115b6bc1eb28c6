using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Batch normalisation of (N, C) or (N, C, L).</summary>
            public static BatchNorm1d BatchNorm1d(long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true,
                bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            /// <summary>Batch normalisation of (N, C, H, W).</summary>
            public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true,
                bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>
    /// Layers that normalise channels by running statistics: weight, bias; running_mean, running_var, num_batches_tracked.
    /// </summary>
    public abstract class NormBase : nn.Module<Tensor, Tensor>
    {
        public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device,
            ScalarType? dtype, string name)
            : base(name)
        {
            (this.num_features, this.eps, this.momentum) = (num_features, eps, momentum);
            (this.affine, this.track_running_stats) = (affine, track_running_stats);
            if (affine)
            {
                weight = new Parameter(ones(num_features, dtype, device));
                bias = new Parameter(zeros(num_features, dtype, device));
            }
            if (track_running_stats)
            {
                running_mean = zeros(num_features, dtype, device);
                running_var = ones(num_features, dtype, device);
                num_batches_tracked = zeros([], ScalarType.Int64, device);
            }
        }

        public long num_features { get; }

        public double eps { get; set; }

        /// <summary>The share of the new batch in the running statistics; null averages all batches alike.</summary>
        public double? momentum { get; set; }

        public bool affine { get; }

        public bool track_running_stats { get; }

        public Parameter weight { get => Find(nameof(weight))!; set => Assign(nameof(weight), value); }

        public Parameter? bias { get => Find(nameof(bias)); set => Assign(nameof(bias), value); }

        public Tensor? running_mean { get => FindBuffer(nameof(running_mean)); set => AssignBuffer(nameof(running_mean), value); }

        public Tensor? running_var { get => FindBuffer(nameof(running_var)); set => AssignBuffer(nameof(running_var), value); }

        public Tensor? num_batches_tracked
        {
            get => FindBuffer(nameof(num_batches_tracked));
            set => AssignBuffer(nameof(num_batches_tracked), value);
        }

        /// <summary>Forgets all batches seen.</summary>
        public void reset_running_stats()
        {
            running_mean?.zero_();
            running_var?.fill_(1);
            num_batches_tracked?.zero_();
        }

        /// <summary>Starts anew: weight 1, bias 0, no batches seen.</summary>
        public void reset_parameters()
        {
            reset_running_stats();
            if (affine)
            {
                nn.init.ones_(weight);
                nn.init.zeros_(bias!);
            }
        }

        /// <exception cref="ArgumentException">The input's number of dimensions is wrong.</exception>
        protected virtual void ValidateInputDimensions(Tensor input)
        {
        }
    }

    /// <inheritdoc cref="NormBase"/>
    public abstract class BatchNorm : NormBase
    {
        public BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device,
            ScalarType? dtype, string name)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
        {
        }

        public override Tensor forward(Tensor input)
        {
            ValidateInputDimensions(input);
            var byBatch = training || running_mean is null;
            if (training && track_running_stats)
                num_batches_tracked!.add_(1);
            var share = momentum ?? (training && track_running_stats ? 1.0 / num_batches_tracked!.item<long>() : 0);
            return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, byBatch, share, eps);
        }
    }

    /// <inheritdoc cref="NormBase"/>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device,
            ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input)
        {
            if (input.ndim is not (2 or 3))
                throw new ArgumentException($"BatchNorm1d: expected 2 or 3 dimensions, got {input.ndim}.");
        }
    }

    /// <inheritdoc cref="NormBase"/>
    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device,
            ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input)
        {
            if (input.ndim != 4)
                throw new ArgumentException($"BatchNorm2d: expected 4 dimensions, got {input.ndim}.");
        }
    }
}
