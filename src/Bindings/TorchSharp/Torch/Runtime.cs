using Rt1.Bindings.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of libtorch.</summary>
    public static string __version__ => LibTorch.Version;

    /// <summary>Sets how many threads one operator may use.</summary>
    public static void set_num_threads(int num) => Native.rt1_set_num_threads(num);
    public static int get_num_threads() => Native.rt1_get_num_threads();

    /// <summary>Sets how many operators may run at a time; possible only once, before the first such use.</summary>
    public static void set_num_interop_threads(int num) => Native.Check(Native.rt1_set_num_interop_threads(num));
    public static int get_num_interop_threads() => Native.rt1_get_num_interop_threads();

    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>Opens a scope that disposes the tensors created on this thread until it is disposed itself.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.Open();

    /// <summary>The innermost open scope of this thread.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.Current.Innermost;

    /// <summary>Runs <paramref name="expr"/> in a scope of its own; only its result leaves it.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>CUDA devices.</summary>
    public static class cuda
    {
        public static bool is_available() => Native.rt1_cuda_available() != 0;
        public static bool is_cudnn_available() => Native.rt1_cudnn_available() != 0;
        public static int device_count() => Native.rt1_cuda_device_count();

        /// <summary>Seeds the default generators of all devices.</summary>
        public static void manual_seed(long seed) => torch.manual_seed(seed);
        public static void manual_seed_all(long seed) => torch.manual_seed(seed);

        /// <summary>Waits for all work on the device (the current one if null).</summary>
        public static void synchronize(Device? device = null) => Native.Check(Native.rt1_cuda_synchronize(device?.index ?? -1));
    }

    /// <summary>Switches of the numeric libraries that libtorch uses.</summary>
    public static class backends
    {
        public static class cuda
        {
            public static class matmul
            {
                /// <summary>Whether matrix products may use TensorFloat-32.</summary>
                public static bool allow_tf32
                {
                    get => Native.rt1_allow_tf32(0) != 0;
                    set => Native.rt1_set_allow_tf32(Native.AsByte(value), Native.rt1_allow_tf32(1));
                }
            }
        }

        public static class cudnn
        {
            /// <summary>Whether convolutions may use TensorFloat-32.</summary>
            public static bool allow_tf32
            {
                get => Native.rt1_allow_tf32(1) != 0;
                set => Native.rt1_set_allow_tf32(Native.rt1_allow_tf32(0), Native.AsByte(value));
            }
        }
    }
}
