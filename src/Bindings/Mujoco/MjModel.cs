using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace Mujoco;

/// <summary>
/// A compiled model (<c>mjModel</c>): what does not change while a simulation runs. May be shared by several <see cref="MjData"/>,
/// also from several threads as long as nobody writes to it. Fields keep MuJoCo's names; spans point into native memory and must not
/// outlive the model.
/// </summary>
public sealed unsafe class MjModel : IDisposable
{
    private readonly ConcurrentDictionary<string, Native.Field> _fields = new();
    private nint _handle;

    private MjModel(nint handle, string? warning)
    {
        _handle = handle;
        Warning = warning;
        nq = Field<int>("nq")[0];
        nv = Field<int>("nv")[0];
        nu = Field<int>("nu")[0];
        nbody = Field<int>("nbody")[0];
        ngeom = Field<int>("ngeom")[0];
    }

    /// <summary>MuJoCo's version, e.g. 2.2.2.</summary>
    public static string Version { get; } = string.Join('.', Native.rt1mj_version().ToString().AsEnumerable());

    /// <summary>Loads an MJCF file, and what it includes beside it.</summary>
    /// <exception cref="MujocoException">It is missing or not valid; the message is MuJoCo's, with the line.</exception>
    public static MjModel FromFile(string path)
    {
        if (!File.Exists(path))
            throw new MujocoException($"'{path}': no such file.");
        Span<byte> warning = stackalloc byte[1000];
        fixed (byte* w = warning)
        {
            var handle = Native.rt1mj_load_file(path, w, warning.Length);
            return new MjModel(Native.Check(handle), Text(warning));
        }
    }

    /// <summary>Loads MJCF from memory.</summary>
    /// <param name="xml">The model.</param>
    /// <param name="files">By name: what the model includes (<c>&lt;include file="…"/&gt;</c>, meshes, textures).</param>
    /// <exception cref="MujocoException">It is not valid; the message is MuJoCo's, with the line.</exception>
    public static MjModel FromXml(string xml, IReadOnlyDictionary<string, byte[]>? files = null)
    {
        KeyValuePair<string, byte[]>[] all = [new("model.xml", Encoding.UTF8.GetBytes(xml)), .. files ?? new Dictionary<string, byte[]>()];
        var names = stackalloc byte*[all.Length];
        var contents = stackalloc byte*[all.Length];
        var sizes = stackalloc int[all.Length];
        var pins = all.Select(file => GCHandle.Alloc(file.Value, GCHandleType.Pinned)).ToArray();
        Span<byte> warning = stackalloc byte[1000];
        try
        {
            for (var i = 0; i < all.Length; i++)
            {
                names[i] = (byte*)Marshal.StringToCoTaskMemUTF8(all[i].Key);
                contents[i] = (byte*)pins[i].AddrOfPinnedObject();
                sizes[i] = all[i].Value.Length;
            }
            fixed (byte* w = warning)
            {
                var handle = Native.rt1mj_load_files(all.Length, names, contents, sizes, w, warning.Length);
                return new MjModel(Native.Check(handle), Text(warning));
            }
        }
        finally
        {
            for (var i = 0; i < all.Length; i++)
            {
                Marshal.FreeCoTaskMem((nint)names[i]);
                pins[i].Free();
            }
        }
    }

    /// <summary>What MuJoCo found odd in the model without refusing it.</summary>
    public string? Warning { get; }

    /// <summary>Position coordinates.</summary>
    public int nq { get; }

    /// <summary>Degrees of freedom.</summary>
    public int nv { get; }

    /// <summary>Actuators.</summary>
    public int nu { get; }

    /// <summary>Bodies, the world among them.</summary>
    public int nbody { get; }

    /// <summary>Geoms.</summary>
    public int ngeom { get; }

    /// <summary>Seconds per step.</summary>
    public ref double timestep => ref Field<double>("opt.timestep")[0];

    /// <summary>Any array, size or option by MuJoCo's name: <c>geom_rgba</c>, <c>nsensor</c>, <c>opt.gravity</c>. Row-major.</summary>
    /// <typeparam name="T">double, float, int or byte, as in MuJoCo's headers.</typeparam>
    /// <exception cref="ArgumentException">There is no such field, or it holds another type.</exception>
    public Span<T> Field<T>(string name) where T : unmanaged
    {
        var handle = Handle;
        if (!_fields.TryGetValue(name, out var field))
        {
            if (Native.rt1mj_model_field(handle, name, out field) < 0)
                throw Native.UnknownField("mjModel", name);
            _fields[name] = field;
        }
        return field.AsSpan<T>(name);
    }

    /// <summary>The number of a named object.</summary>
    /// <exception cref="MujocoException">The model has no such object.</exception>
    public int Id(MjObject type, string name) =>
        TryId(type, name) ?? throw new MujocoException($"the model has no {type.ToString().ToLowerInvariant()} named '{name}'.");

    /// <summary>The number of a named object, or null where there is none.</summary>
    public int? TryId(MjObject type, string name) => Native.rt1mj_name2id(Handle, (int)type, name) is >= 0 and var id ? id : null;

    /// <summary>An object's name; null when it has none or does not exist.</summary>
    public string? Name(MjObject type, int id) =>
        Marshal.PtrToStringUTF8(Native.rt1mj_id2name(Handle, (int)type, id)) is { Length: > 0 } name ? name : null;

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return _handle;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
            Native.rt1mj_free_model(handle);
    }

    private static string? Text(ReadOnlySpan<byte> zeroTerminated) =>
        zeroTerminated.IndexOf((byte)0) is > 0 and var end ? Encoding.UTF8.GetString(zeroTerminated[..end]) : null;
}
