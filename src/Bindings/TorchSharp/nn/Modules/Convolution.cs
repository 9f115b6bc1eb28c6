using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A convolution over (N, C, L).</summary>
            public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size], [stride], [padding], null, [dilation], groups, bias, padding_mode, device,
                    dtype);

            /// <summary>A convolution over (N, C, H, W).</summary>
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], null, [dilation, dilation],
                    groups, bias, padding_mode, device, dtype);

            /// <inheritdoc cref="Conv2d(long, long, long, long, long, long, PaddingModes, long, bool, Device, ScalarType?)"/>
            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), Pair(padding ?? (0, 0)), null,
                    Pair(dilation ?? (1, 1)), groups, bias, padding_mode, device, dtype);

            /// <inheritdoc cref="Conv2d(long, long, long, long, long, long, PaddingModes, long, bool, Device, ScalarType?)"/>
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], null, padding, [dilation, dilation], groups,
                    bias, padding_mode, device, dtype);

            private static long[] Pair((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>
    /// What convolutions share; weight (out, in/groups, k…), bias (out). Starts uniform in ±1/√(in/groups · ∏k), as in PyTorch.
    /// </summary>
    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        private protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding,
            Padding? padding_type, long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base(name)
        {
            (this.in_channels, this.out_channels, this.kernel_size, this.stride) = (in_channels, out_channels, kernel_size, stride);
            (this.padding, this.padding_type, this.padding_mode) = (padding, padding_type, padding_mode);
            (this.dilation, this.groups) = (dilation, groups);
            weight = new Parameter(empty([out_channels, in_channels / groups, .. kernel_size], dtype, device));
            this.bias = bias ? new Parameter(empty(out_channels, dtype, device)) : null;
            reset_parameters();
        }

        public long in_channels { get; }

        public long out_channels { get; }

        public long[] kernel_size { get; set; }

        public long[] stride { get; set; }

        /// <summary>Null with a named padding.</summary>
        public long[]? padding { get; }

        public Padding? padding_type { get; }

        public long[] dilation { get; set; }

        public long groups { get; set; }

        public PaddingModes padding_mode { get; set; }

        public Parameter weight { get => Find(nameof(weight))!; set => Assign(nameof(weight), value); }

        public Parameter? bias { get => Find(nameof(bias)); set => Assign(nameof(bias), value); }

        /// <summary>Draws new initial weights.</summary>
        public void reset_parameters()
        {
            var bound = 1 / Math.Sqrt(nn.init.CalculateFanInAndFanOut(weight).fanIn);
            nn.init.uniform_(weight, -bound, bound);
            if (bias is not null)
                nn.init.uniform_(bias, -bound, bound);
        }

        /// <summary>The input with the border that the convolution itself cannot make, and the padding that is left for it.</summary>
        private protected (Tensor Input, long[] Padding) Pad(Tensor input)
        {
            if (padding_mode == PaddingModes.Zeros)
                return (input, padding ?? []);
            if (padding is null)
                throw new NotSupportedException($"{GetName()}: named padding goes with zeros, not with {padding_mode}.");
            var border = padding.Reverse().SelectMany(size => new[] { size, size }).ToArray();
            return (nn.functional.pad(input, border, padding_mode), new long[padding.Length]);
        }
    }

    /// <inheritdoc cref="Convolution"/>
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
            long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base(nameof(Conv1d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, groups, bias,
                padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            var (padded, rest) = Pad(input);
            return padding_type is { } named
                ? nn.functional.conv1d_padding(padded, weight, bias, stride[0], named, dilation[0], groups)
                : nn.functional.conv1d(padded, weight, bias, stride[0], rest[0], dilation[0], groups);
        }
    }

    /// <inheritdoc cref="Convolution"/>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
            long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, groups, bias,
                padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            var (padded, rest) = Pad(input);
            return padding_type is { } named
                ? nn.functional.conv2d_padding(padded, weight, bias, stride, named, dilation, groups)
                : nn.functional.conv2d(padded, weight, bias, stride, rest, dilation, groups);
        }
    }
}
