namespace Mujoco;

/// <summary>
/// Draws states of one model into memory, of a size fixed at its making. Not thread-safe, but may be used from changing threads.
/// OSMesa divides its work over <c>LP_NUM_THREADS</c> threads, an environment variable that must be set before the process starts.
/// </summary>
public sealed unsafe class MjRenderer : IDisposable
{
    private readonly MjModel _model;
    private readonly Native.Flags _flags;
    private nint _handle;

    /// <exception cref="MujocoException">OpenGL is missing, or the process renders through another backend already.</exception>
    public MjRenderer(MjModel model, int height, int width, MjRendererOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        options ??= new MjRendererOptions();
        (_model, Height, Width) = (model, height, width);
        _flags = new Native.Flags
        {
            Shadow = Convert.ToByte(options.Shadows),
            Reflection = Convert.ToByte(options.Reflections),
            Skybox = Convert.ToByte(options.Skybox),
            Haze = Convert.ToByte(options.Haze),
        };
        foreach (var group in options.GeomGroups)
            _flags.GeomGroup[group] = 1;
        var (backend, device) = ((int)options.Backend, options.Device ?? -1);
        _handle = Native.Check(Native.rt1mj_make_renderer(model.Handle, width, height, backend, device, options.Samples));
    }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Draws colours.</summary>
    /// <param name="data">A state of this renderer's model.</param>
    /// <param name="camera">Where from.</param>
    /// <param name="rgb">Height × Width × 3 bytes, top row first.</param>
    /// <exception cref="MujocoException">There is no such camera.</exception>
    public void Render(MjData data, MjCamera camera, Span<byte> rgb)
    {
        Require(data, rgb.Length, 3 * Height * Width);
        fixed (byte* pixels = rgb)
            Native.Check(Native.rt1mj_render(_handle, _model.Handle, data.Handle, camera.ToNative(), _flags, pixels));
    }

    /// <summary>Draws which geom is seen at each pixel.</summary>
    /// <param name="data">A state of this renderer's model.</param>
    /// <param name="camera">Where from.</param>
    /// <param name="geoms">Height × Width geom numbers, top row first; −1 for the background.</param>
    /// <exception cref="MujocoException">There is no such camera.</exception>
    public void Segment(MjData data, MjCamera camera, Span<int> geoms)
    {
        Require(data, geoms.Length, Height * Width);
        fixed (int* pixels = geoms)
            Native.Check(Native.rt1mj_segment(_handle, _model.Handle, data.Handle, camera.ToNative(), _flags, pixels));
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
            Native.rt1mj_free_renderer(handle);
    }

    private void Require(MjData data, int length, int expected)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        if (data.Model != _model)
            throw new ArgumentException("the data belongs to another model than this renderer's.", nameof(data));
        if (length != expected)
            throw new ArgumentException($"a picture of {Height}×{Width} takes {expected} values, got room for {length}.");
    }
}
