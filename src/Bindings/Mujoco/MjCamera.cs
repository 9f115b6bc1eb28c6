namespace Mujoco;

/// <summary>Where a picture is taken from.</summary>
public readonly record struct MjCamera
{
    private MjCamera(int id, (double X, double Y, double Z) lookAt, double distance, double azimuth, double elevation) =>
        (Id, LookAt, Distance, Azimuth, Elevation) = (id, lookAt, distance, azimuth, elevation);

    /// <summary>The model's camera; −1 for a free one.</summary>
    public int Id { get; }

    public (double X, double Y, double Z) LookAt { get; }

    public double Distance { get; }

    public double Azimuth { get; }

    public double Elevation { get; }

    /// <summary>One of the model's cameras.</summary>
    public static MjCamera Fixed(int id) => new(id, default, 0, 0, 0);

    /// <summary>A camera that looks at a point from a distance (metres), azimuth and elevation (degrees).</summary>
    public static MjCamera Free((double X, double Y, double Z) lookAt, double distance, double azimuth, double elevation) =>
        new(-1, lookAt, distance, azimuth, elevation);

    internal unsafe Native.Camera ToNative()
    {
        var native = new Native.Camera { Fixed = Id, Distance = Distance, Azimuth = Azimuth, Elevation = Elevation };
        (native.LookAt[0], native.LookAt[1], native.LookAt[2]) = LookAt;
        return native;
    }
}
