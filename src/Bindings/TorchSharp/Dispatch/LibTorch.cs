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

    /// <summary>
    /// The file of the BLAS library that does the matrix products, for example <c>libopenblasp-r0.3.21.so</c>; <c>libblas.so.3…</c> is the
    /// reference implementation, tens of times slower. Null where BLAS is a part of libtorch itself.
    /// </summary>
    public static string? BlasLibrary
    {
        get
        {
            _ = Version;
            string[] names = ["libopenblas", "libmkl", "libblis", "libatlas", "libblas"];
            var files = File.ReadLines("/proc/self/maps").Select(line => Path.GetFileName(line)).Distinct();
            return files.FirstOrDefault(file => Array.Exists(names, name => file.StartsWith(name, StringComparison.Ordinal)));
        }
    }

    /// <summary>
    /// Takes numbers too small for full precision as zero on this thread and those that it starts: the processor is many times slower with them.
    /// </summary>
    /// <returns>Whether the processor can.</returns>
    public static bool FlushDenormals(bool on) => Native.rt1_set_flush_denormal(Native.AsByte(on)) != 0;

    /// <summary>Whether this libtorch was built with CUDA and a device answers.</summary>
    public static bool HasCuda => Native.rt1_cuda_available() != 0;
}
