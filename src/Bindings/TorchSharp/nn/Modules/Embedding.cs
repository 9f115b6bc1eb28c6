using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A table of vectors, looked up by position.</summary>
            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null,
                double norm_type = 2, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                Refuse(max_norm, scale_grad_by_freq, sparse);
                return new Embedding(normal_(empty(num_embeddings, embedding_dims, dtype, device), padding_idx), padding_idx,
                    trainable: true);
            }

            /// <summary>A table that starts as <paramref name="embeddings"/>.</summary>
            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null,
                double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null,
                ScalarType? dtype = null)
            {
                Refuse(max_norm, scale_grad_by_freq, sparse);
                return new Embedding(embeddings.to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true), padding_idx,
                    trainable: !freeze);
            }

            private static Tensor normal_(Tensor table, long? zeroRow)
            {
                init.normal_(table);
                if (zeroRow is { } row)
                    table[row].zero_();
                return table;
            }

            private static void Refuse(double? max_norm, bool scale_grad_by_freq, bool sparse)
            {
                if (max_norm is not null || scale_grad_by_freq || sparse)
                    throw new NotSupportedException("Embedding: max_norm, scale_grad_by_freq and sparse are not supported.");
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A table (num, dims) of vectors; the row of padding_idx gets no gradient.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly long _padding;

        internal Embedding(Tensor table, long? padding_idx, bool trainable) : base(nameof(Embedding))
        {
            _padding = padding_idx ?? -1;
            weight = new Parameter(table, trainable);
        }

        public Parameter? weight { get => Find(nameof(weight)); set => Assign(nameof(weight), value); }

        /// <param name="input">Positions, Int64 or Int32, of any shape.</param>
        /// <returns>The input's shape with the vectors as last dimension.</returns>
        public override Tensor forward(Tensor input) => Rt1.Bindings.Torch.Dispatcher.Call("embedding", weight!, input, _padding);
    }
}
