using static Rt1.Bindings.Torch.Dispatcher;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Entries by indices, one per dimension from the outermost; reading gives a view unless a tensor is among them.</summary>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>One entry of the outermost dimension. A view.</summary>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Entry(i1);
            set => Assign(Entry(i1), value);
        }

        /// <summary>One entry by its positions in the outermost dimensions. A view.</summary>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Entry(i1, i2);
            set => Assign(Entry(i1, i2), value);
        }

        /// <inheritdoc cref="this[long, long]"/>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Entry(i1, i2, i3);
            set => Assign(Entry(i1, i2, i3), value);
        }

        /// <inheritdoc cref="this[long, long]"/>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Entry(i1, i2, i3, i4);
            set => Assign(Entry(i1, i2, i3, i4), value);
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public Tensor index(params TensorIndex[] indices)
        {
            var (view, positions) = Resolve(indices);
            if (positions is null)
                return view;
            using (view)
                return Call("index.Tensor", view, positions);
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public Tensor index(params Tensor[] indices) => Call("index.Tensor", this, indices);

        /// <summary>Writes <paramref name="value"/> (broadcast) to the indexed entries.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, positions) = Resolve(indices);
            if (positions is null)
                return Assign(view, value);
            using (view)
                Run("index_put_", view, positions, value);
            return this;
        }

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[])"/>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => InPlace("index_put_", this, indices, value);

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[])"/>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor number = value;
            return index_put_(number.to_type(dtype, disposeAfter: false), indices);
        }

        private Tensor Entry(params ReadOnlySpan<long> positions)
        {
            var view = select(0, positions[0]);
            foreach (var position in positions[1..])
                view = Next(view, view.select(0, position));
            return view;
        }

        private Tensor Assign(Tensor view, Tensor value)
        {
            using (view)
                Run("copy_", view, value);
            return this;
        }

        /// <summary>
        /// Applies all indices that give views; what is left is one (possibly null) tensor per dimension of the view, if any.
        /// </summary>
        private (Tensor View, Tensor?[]? Positions) Resolve(TensorIndex[] indices)
        {
            var view = Call("alias", this);
            var positions = new List<Tensor?>();
            var dimension = 0L;
            for (var i = 0; i < indices.Length; i++)
            {
                var index = indices[i];
                switch (index.Kind)
                {
                    case TensorIndex.Form.Single:
                        view = Next(view, view.select(dimension, index.Start!.Value));
                        continue;
                    case TensorIndex.Form.Slice:
                        if (index.Start is not null || index.Stop is not null || index.Step is not null)
                            view = Next(view, Call("slice.Tensor", view, dimension, index.Start, index.Stop, index.Step ?? 1));
                        break;
                    case TensorIndex.Form.Ellipsis:
                        var rest = indices[(i + 1)..].Sum(Consumed);
                        for (; dimension < view.dim() - rest; dimension++)
                            positions.Add(null);
                        continue;
                    case TensorIndex.Form.Tensor:
                        positions.Add(index.Positions);
                        dimension += Consumed(index);
                        continue;
                    case TensorIndex.Form.Bool:
                        view = Next(view, view.unsqueeze(dimension));
                        positions.Add(tensor([index.Start == 1]));
                        dimension++;
                        continue;
                    default:
                        view = Next(view, view.unsqueeze(dimension));
                        break;
                }
                positions.Add(null);
                dimension++;
            }
            return (view, positions.Exists(position => position is not null) ? [.. positions] : null);
        }

        private static long Consumed(TensorIndex index) => index.Kind switch
        {
            TensorIndex.Form.Single or TensorIndex.Form.Slice => 1,
            TensorIndex.Form.Tensor => index.Positions!.dtype == ScalarType.Bool ? index.Positions.dim() : 1,
            _ => 0,
        };

        private static Tensor Next(Tensor before, Tensor after)
        {
            before.Dispose();
            return after;
        }
    }
}
