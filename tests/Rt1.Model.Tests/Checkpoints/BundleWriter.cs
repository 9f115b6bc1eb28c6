using System.Text;
using Google.Protobuf;
using Rt1.Model.Checkpoints.TensorFlow;
using Rt1.Model.Checkpoints.TensorFlow.Protos;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Model.Tests.Checkpoints;

/// <summary>Writes TensorFlow checkpoints as TensorFlow does, to test the reader against sizes and faults that no published one has.</summary>
internal static class BundleWriter
{
    /// <summary>Writes a network under the reference's names; <paramref name="skip"/> leaves variables out.</summary>
    public static void Write(string prefix, Rt1Network network, Func<string, bool>? skip = null)
    {
        var state = network.state_dict();
        var variables = ReferenceLayout.Of(network.Config.Network).Where(v => skip?.Invoke(v.Name) != true)
            .Select(v => (Key: $"{ReferenceLayout.Prefix}{v.Name}/.ATTRIBUTES/VARIABLE_VALUE", Value: ToTheirs(v, state[v.Parameter], network)))
            .OrderBy(v => v.Key, StringComparer.Ordinal);
        Write(prefix, variables);
    }

    /// <summary>Writes variables; <paramref name="offset"/> is what the index adds to their true places.</summary>
    public static void Write(string prefix, IEnumerable<(string Key, Tensor Value)> variables, long offset = 0)
    {
        using var data = File.Create($"{prefix}.data-00000-of-00001");
        var entries = new List<(string, byte[])> { ("", new BundleHeader { NumShards = 1 }.ToByteArray()) };
        foreach (var (key, value) in variables)
        {
            var bytes = value.contiguous().bytes.ToArray();
            var entry = new BundleEntry { Dtype = 1, Offset = data.Position + offset, Size = bytes.Length, Crc32C = Crc32C.Masked(bytes), Shape = new TensorShape() };
            entry.Shape.Dim.AddRange(value.shape.Select(size => new TensorShape.Types.Dim { Size = size }));
            entries.Add((key, entry.ToByteArray()));
            data.Write(bytes);
        }
        File.WriteAllBytes($"{prefix}.index", Table(entries));
    }

    /// <summary>Axes in TensorFlow's order; attention's kernels and biases get their heads.</summary>
    private static Tensor ToTheirs(VariableLayout layout, Tensor ours, Rt1Network network)
    {
        var (heads, keySize) = (network.Config.Network.Transformer.Heads, network.Config.Network.Transformer.KeySize);
        var theirs = layout.Axes switch
        {
            AxisOrder.Convolution => ours.permute(2, 3, 1, 0),
            AxisOrder.Depthwise => ours.permute(2, 3, 0, 1),
            AxisOrder.Dense => ours.t(),
            _ => ours,
        };
        if (!layout.Name.Contains("mha1/"))
            return theirs;
        return layout.Name.EndsWith("_output_dense/kernel") ? theirs.reshape(heads, keySize, -1)
            : layout.Name.EndsWith("_output_dense/bias") ? theirs
            : layout.Name.EndsWith("kernel") ? theirs.reshape(-1, heads, keySize)
            : theirs.reshape(heads, keySize);
    }

    private static byte[] Table(List<(string Key, byte[] Value)> entries)
    {
        var file = new MemoryStream();
        var data = AppendBlock(file, entries);
        var meta = AppendBlock(file, []);
        var index = AppendBlock(file, [("~", data)]);
        var footer = new byte[40];
        ((byte[])[.. meta, .. index]).CopyTo(footer, 0);
        file.Write(footer);
        file.Write([0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]);
        return file.ToArray();
    }

    /// <summary>Appends a block with shared key prefixes; returns its handle.</summary>
    private static byte[] AppendBlock(MemoryStream file, List<(string Key, byte[] Value)> entries)
    {
        var block = new MemoryStream();
        byte[] previous = [];
        foreach (var (key, value) in entries)
        {
            var bytes = Encoding.UTF8.GetBytes(key);
            var shared = bytes.AsSpan().CommonPrefixLength(previous);
            block.Write([.. Varint(shared), .. Varint(bytes.Length - shared), .. Varint(value.Length), .. bytes[shared..], .. value]);
            previous = bytes;
        }
        block.Write([0, 0, 0, 0, 1, 0, 0, 0]);                                                            // one restart point, at 0
        var content = block.ToArray();
        byte[] handle = [.. Varint(file.Position), .. Varint(content.Length)];
        file.Write([.. content, 0, .. BitConverter.GetBytes(Crc32C.Masked(content, 0))]);
        return handle;
    }

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value >= 128; value >>= 7)
            yield return (byte)(value | 128);
        yield return (byte)value;
    }
}
