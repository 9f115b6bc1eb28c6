using System.Runtime.InteropServices;

namespace Rt1.Bindings.Torch;

/// <summary>The functions of native/rt1_distributed.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rt1_store_tcp(string host, int port, int workers, byte isServer, long timeoutMs);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rt1_store_file(string path, int workers, long timeoutMs);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rt1_store_prefix(nint store, string prefix, long timeoutMs);

    [LibraryImport(Library)] internal static partial void rt1_store_free(nint store);

    [LibraryImport(Library)] internal static partial int rt1_group_backends();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rt1_group_gloo(nint store, int rank, int size, long timeoutMs, string host, string networkInterface);

    [LibraryImport(Library)] internal static partial nint rt1_group_nccl(nint store, int rank, int size, long timeoutMs);
    [LibraryImport(Library)] internal static partial void rt1_group_free(nint group);
    [LibraryImport(Library)] internal static partial byte rt1_group_allreduce_sum(nint group, nint tensor);
    [LibraryImport(Library)] internal static partial byte rt1_group_broadcast(nint group, nint tensor, int root);
    [LibraryImport(Library)] internal static partial byte rt1_group_barrier(nint group);
}
