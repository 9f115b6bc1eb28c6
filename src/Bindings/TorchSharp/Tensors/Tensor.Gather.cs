using static Rt1.Bindings.Torch.Dispatcher;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>out[i][j] = self[index[i][j]][j] for dimension 0, and so on.</summary>
        public Tensor gather(long dim, Tensor index) => Call("gather", this, dim, index);

        /// <summary>self[index[i][j]][j] = src[i][j] for dimension 0, and so on.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Call("scatter.src", this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace("scatter_.src", this, dim, index, src);
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Call("scatter_add", this, dim, index, src);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace("scatter_add_", this, dim, index, src);

        /// <summary>The entries of one dimension that a list of Int64 (or Int32) positions names.</summary>
        public Tensor index_select(long dim, Tensor index) => Call("index_select", this, dim, index);
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            InPlace("index_add_", this, dim, index, source, alpha);
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => InPlace("index_copy_", this, dim, index, source);
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => InPlace("index_fill_.int_Scalar", this, dim, index, value);
        public Tensor masked_select(Tensor mask) => Call("masked_select", this, mask);
        public Tensor take(Tensor index) => Call("take", this, index);

        /// <summary>One entry of a dimension; the dimension disappears. A view.</summary>
        public Tensor select(long dim, long index) => Call("select.int", this, dim, index);

        /// <summary>Every <paramref name="step"/>th entry of a dimension from start to (without) finish. A view.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Call("slice.Tensor", this, dim, start, finish, step);

        /// <summary><paramref name="length"/> entries of a dimension. A view.</summary>
        public Tensor narrow(long dim, long start, long length) => Call("narrow", this, dim, start, length);
    }

    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);
    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);
    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);
    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);
}
