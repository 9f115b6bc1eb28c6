using System.IO.Compression;
using Rt1.Model.Checkpoints.TensorFlow;
using Rt1.Model.Networks;
using Rt1.Model.Tests.Golden;
using Rt1.Testing;

[assembly: AssemblyFixture(typeof(ReferenceCheckpoint))]

namespace Rt1.Model.Tests.Golden;

/// <summary>The reference implementation's checkpoint from the shared folder, unpacked once for all tests.</summary>
public sealed class ReferenceCheckpoint : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lock _lock = new();
    private Rt1Network? _network;

    /// <summary>A folder with <c>ckpt-1.index</c> and its data; skips the calling test where the shared folder is absent.</summary>
    public string Folder
    {
        get
        {
            var index = Repository.Shared("golden", "rt1", "ckpt-1.index");
            lock (_lock)
            {
                if (!File.Exists(_folder["ckpt-1.index"]))
                {
                    using (var packed = new GZipStream(File.OpenRead(Repository.Shared("golden", "rt1", "ckpt-1.data-00000-of-00001.gz")), CompressionMode.Decompress))
                    using (var data = File.Create(_folder["ckpt-1.data-00000-of-00001"]))
                        packed.CopyTo(data);
                    File.Copy(index, _folder["ckpt-1.index"]);
                }
                return _folder.Path;
            }
        }
    }

    /// <summary>The imported network, in evaluation mode; tests must leave it as it is.</summary>
    public Rt1Network Network
    {
        get
        {
            var folder = Folder;
            lock (_lock)
            {
                if (_network is null)
                {
                    _network = TensorFlowImport.Load(folder);
                    _network.eval();
                }
                return _network;
            }
        }
    }

    public void Dispose()
    {
        _network?.Dispose();
        _folder.Dispose();
    }
}
