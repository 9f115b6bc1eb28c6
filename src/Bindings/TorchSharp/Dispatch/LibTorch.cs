namespace Rt1.Bindings.Torch;

/// <summary>What is known about the libtorch that is loaded.</summary>
public static unsafe class LibTorch
{
    /// <summary>The version that the binding was built against, for example <c>1.13.0</c>.</summary>
    public static string Version => Native.Text(Native.rt1_version());

    /// <summary>libtorch's own description: compiler, BLAS, CUDA and build settings (Python's <c>torch.__config__.show()</c>).</summary>
    public static string Configuration => Native.Text(Native.rt1_config());

    /// <summary>Thread pools and the environment variables that set them (Python's <c>torch.__config__.parallel_info()</c>).</summary>
    public static string ParallelInfo => Native.Text(Native.rt1_parallel_info());

    /// <summary>Whether this libtorch was built with CUDA and a device answers.</summary>
    public static bool HasCuda => Native.rt1_cuda_available() != 0;
}
