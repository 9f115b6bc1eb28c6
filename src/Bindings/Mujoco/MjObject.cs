namespace Mujoco;

/// <summary>Kinds of named objects in a model: MuJoCo's <c>mjtObj</c>.</summary>
public enum MjObject
{
    Body = 1,
    Joint = 3,
    Geom = 5,
    Site = 6,
    Camera = 7,
    Light = 8,
    Mesh = 9,
    Texture = 12,
    Material = 13,
    Equality = 16,
    Tendon = 17,
    Actuator = 18,
    Sensor = 19,
    Numeric = 20,
    Key = 23,
}

/// <summary>What MuJoCo warns about while it steps: <c>mjtWarning</c>. The last four mean that it blew up; the first three of them reset it.</summary>
public enum MjWarning
{
    /// <summary>A (nearly) singular inertia matrix.</summary>
    Inertia,

    /// <summary>More contacts than the model has room for.</summary>
    ContactFull,

    /// <summary>More constraints than the model has room for.</summary>
    ConstraintFull,

    /// <summary>More visual geoms than the scene has room for.</summary>
    VisualGeomFull,

    /// <summary>NaN, infinite or huge position.</summary>
    BadQpos,

    /// <summary>NaN, infinite or huge velocity.</summary>
    BadQvel,

    /// <summary>NaN, infinite or huge acceleration.</summary>
    BadQacc,

    /// <summary>NaN, infinite or huge control.</summary>
    BadCtrl,
}
