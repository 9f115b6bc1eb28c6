using System.Runtime.InteropServices;

namespace Rt1.Bindings.Torch;

/// <summary>The functions of <c>librt1_torch.so</c> (native/rt1_torch.cpp). Tensors cross as owned handles.</summary>
internal static unsafe partial class Native
{
    private const string Library = "rt1_torch";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, NativeLoader.Resolve);

    [LibraryImport(Library)] internal static partial byte* rt1_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rt1_operator(string name, string overload);

    [LibraryImport(Library)]
    internal static partial int rt1_call(nint op, NativeValue* arguments, int count, NativeValue* results, int capacity);

    [LibraryImport(Library)] internal static partial void rt1_tensor_free(nint tensor);
    [LibraryImport(Library)] internal static partial byte rt1_tensor_info(nint tensor, TensorInfo* info);
    [LibraryImport(Library)] internal static partial byte rt1_tensor_data(nint tensor, void** data);

    [LibraryImport(Library)] internal static partial byte rt1_grad_enabled();
    [LibraryImport(Library)] internal static partial void rt1_set_grad_enabled(byte enabled);
    [LibraryImport(Library)] internal static partial byte rt1_inference_enabled();
    [LibraryImport(Library)] internal static partial nint rt1_inference_enter(byte enabled);
    [LibraryImport(Library)] internal static partial void rt1_inference_leave(nint guard);
    [LibraryImport(Library)] internal static partial nint rt1_grad(nint tensor);
    [LibraryImport(Library)] internal static partial byte rt1_set_grad(nint tensor, nint grad);

    [LibraryImport(Library)]
    internal static partial byte rt1_backward(
        nint* roots, int count, nint* gradients, byte retainGraph, byte createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial byte rt1_autograd_grad(
        nint* outputs, int count, nint* gradients, nint* inputs, int inputCount, byte retainGraph, byte createGraph,
        byte allowUnused, nint* results);

    [LibraryImport(Library)] internal static partial nint rt1_autocast_enter(int deviceType, byte enabled, int dtype);
    [LibraryImport(Library)] internal static partial void rt1_autocast_leave(nint before);

    [LibraryImport(Library)] internal static partial nint rt1_generator(int deviceType, int deviceIndex, byte isDefault);
    [LibraryImport(Library)] internal static partial void rt1_generator_free(nint generator);
    [LibraryImport(Library)] internal static partial void rt1_generator_set_seed(nint generator, ulong seed);
    [LibraryImport(Library)] internal static partial ulong rt1_generator_seed(nint generator);
    [LibraryImport(Library)] internal static partial ulong rt1_generator_reseed(nint generator);
    [LibraryImport(Library)] internal static partial nint rt1_generator_state(nint generator);
    [LibraryImport(Library)] internal static partial byte rt1_generator_set_state(nint generator, nint state);
    [LibraryImport(Library)] internal static partial byte rt1_manual_seed(ulong seed);

    [LibraryImport(Library)] internal static partial int rt1_get_num_threads();
    [LibraryImport(Library)] internal static partial void rt1_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int rt1_get_num_interop_threads();
    [LibraryImport(Library)] internal static partial byte rt1_set_num_interop_threads(int count);
    [LibraryImport(Library)] internal static partial byte rt1_set_flush_denormal(byte on);
    [LibraryImport(Library)] internal static partial byte rt1_cuda_available();
    [LibraryImport(Library)] internal static partial int rt1_cuda_device_count();
    [LibraryImport(Library)] internal static partial byte rt1_cudnn_available();
    [LibraryImport(Library)] internal static partial byte rt1_cuda_synchronize(long deviceIndex);
    [LibraryImport(Library)] internal static partial int rt1_default_dtype();
    [LibraryImport(Library)] internal static partial byte rt1_set_default_dtype(int dtype);
    [LibraryImport(Library)] internal static partial byte rt1_allow_tf32(byte cudnn);
    [LibraryImport(Library)] internal static partial void rt1_set_allow_tf32(byte matmul, byte cudnn);
    [LibraryImport(Library)] internal static partial byte* rt1_version();
    [LibraryImport(Library)] internal static partial byte* rt1_config();
    [LibraryImport(Library)] internal static partial byte* rt1_parallel_info();

    internal static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>The failure of the last native call on this thread, as the exception type that TorchSharp throws.</summary>
    internal static ExternalException Failure() => new(Text(rt1_error()));

    /// <exception cref="ExternalException">The native call answered "failed".</exception>
    internal static void Check(byte succeeded)
    {
        if (succeeded == 0)
            throw Failure();
    }

    /// <exception cref="ExternalException">The native call returned no handle.</exception>
    internal static nint Check(nint handle) => handle != 0 ? handle : throw Failure();

    internal static byte AsByte(bool value) => value ? (byte)1 : (byte)0;
}
