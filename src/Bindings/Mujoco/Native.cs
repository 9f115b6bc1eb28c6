using System.Reflection;
using System.Runtime.InteropServices;

namespace Mujoco;

/// <summary>
/// The functions of <c>librt1_mujoco.so</c>. Those that may fail return null or a negative number; <see cref="Check(int)"/> throws then.
/// </summary>
internal static unsafe partial class Native
{
    private const string Library = "rt1_mujoco";

    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Field
    {
        private readonly void* _data;
        private readonly int _type;
        private readonly int _rows;
        private readonly int _columns;

        /// <exception cref="ArgumentException">The field holds another type than <typeparamref name="T"/>.</exception>
        public Span<T> AsSpan<T>(string name) where T : unmanaged
        {
            var type = _type switch { 0 => typeof(double), 1 => typeof(float), 2 => typeof(int), _ => typeof(byte) };
            if (typeof(T) != type)
                throw new ArgumentException($"MuJoCo's '{name}' holds {type.Name}, asked for as {typeof(T).Name}.", nameof(name));
            return new Span<T>(_data, _rows * _columns);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Contact
    {
        public double Dist;
        public fixed double Pos[3];
        public fixed double Frame[9];
        public fixed double Force[6];
        public int Geom1;
        public int Geom2;
        public int Dim;
        public int Active;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Camera
    {
        public int Fixed;
        public fixed double LookAt[3];
        public double Distance;
        public double Azimuth;
        public double Elevation;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Flags
    {
        public byte Shadow;
        public byte Reflection;
        public byte Skybox;
        public byte Haze;
        public fixed byte GeomGroup[6];
    }

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        try
        {
            return NativeLibrary.Load(name, assembly, searchPath);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException(
                $"lib{Library}.so does not load; it needs the Debian package libmujoco2.2.2 (libmujoco-dev to build it): "
                + e.Message.Split('\n').FirstOrDefault(line => line.Contains("cannot open")), e);
        }
    }

    internal static void Check(int result)
    {
        if (result < 0)
            throw new MujocoException(Marshal.PtrToStringUTF8(rt1mj_last_error()) ?? "unknown error");
    }

    internal static nint Check(nint pointer)
    {
        if (pointer == 0)
            Check(-1);
        return pointer;
    }

    internal static ArgumentException UnknownField(string owner, string name) =>
        new($"{owner} has no field '{name}' in MuJoCo {MjModel.Version}.", nameof(name));

    [LibraryImport(Library)]
    internal static partial int rt1mj_version();

    [LibraryImport(Library)]
    private static partial nint rt1mj_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rt1mj_load_file(string path, byte* warning, int warningSize);

    [LibraryImport(Library)]
    internal static partial nint rt1mj_load_files(int count, byte** names, byte** contents, int* sizes, byte* warning, int warningSize);

    [LibraryImport(Library)]
    internal static partial void rt1mj_free_model(nint model);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1mj_name2id(nint model, int type, string name);

    [LibraryImport(Library)]
    internal static partial nint rt1mj_id2name(nint model, int type, int id);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1mj_model_field(nint model, string name, out Field field);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rt1mj_data_field(nint model, nint data, string name, out Field field);

    [LibraryImport(Library)]
    internal static partial nint rt1mj_make_data(nint model);

    [LibraryImport(Library)]
    internal static partial void rt1mj_free_data(nint data);

    [LibraryImport(Library)]
    internal static partial int rt1mj_copy_data(nint model, nint destination, nint source);

    [LibraryImport(Library)]
    internal static partial int rt1mj_reset(nint model, nint data, int key);

    [LibraryImport(Library)]
    internal static partial int rt1mj_step(nint model, nint data);

    [LibraryImport(Library)]
    internal static partial int rt1mj_step1(nint model, nint data);

    [LibraryImport(Library)]
    internal static partial int rt1mj_step2(nint model, nint data);

    [LibraryImport(Library)]
    internal static partial int rt1mj_forward(nint model, nint data);

    [LibraryImport(Library)]
    internal static partial int rt1mj_kinematics(nint model, nint data);

    [LibraryImport(Library)]
    internal static partial int rt1mj_jacobian(nint model, nint data, int type, int id, double* jacp, double* jacr);

    [LibraryImport(Library)]
    internal static partial int rt1mj_multiply_inertia(nint model, nint data, double* vector, double* result);

    [LibraryImport(Library)]
    internal static partial int rt1mj_object_velocity(nint model, nint data, int type, int id, double* velocity);

    [LibraryImport(Library)]
    internal static partial int rt1mj_contact(nint model, nint data, int index, out Contact contact);

    [LibraryImport(Library)]
    internal static partial int rt1mj_warning_count(nint data, int warning);

    [LibraryImport(Library)]
    internal static partial nint rt1mj_warning_text(nint data, int warning);

    [LibraryImport(Library)]
    internal static partial nint rt1mj_make_renderer(nint model, int width, int height, int backend, int device, int samples);

    [LibraryImport(Library)]
    internal static partial void rt1mj_free_renderer(nint renderer);

    [LibraryImport(Library)]
    internal static partial int rt1mj_render(nint renderer, nint model, nint data, in Camera camera, in Flags flags, byte* rgb);

    [LibraryImport(Library)]
    internal static partial int rt1mj_segment(nint renderer, nint model, nint data, in Camera camera, in Flags flags, int* geoms);
}
