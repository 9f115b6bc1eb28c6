namespace Mujoco;

/// <summary>Which OpenGL draws. One kind per process: MuJoCo binds OpenGL once.</summary>
public enum MjBackend
{
    /// <summary>Software; needs no GPU and no display.</summary>
    OsMesa,

    /// <summary>The GPU's driver, without a display; Mesa's software driver where there is no GPU.</summary>
    Egl,
}

/// <summary>How pictures are drawn.</summary>
public sealed record MjRendererOptions
{
    /// <summary>As the environment variable <c>RT1_RENDERER</c> says (<c>osmesa</c> or <c>egl</c>); OSMesa where it is not set.</summary>
    /// <exception cref="MujocoException">The variable names neither.</exception>
    public MjBackend Backend { get; init; } = Environment.GetEnvironmentVariable("RT1_RENDERER") switch
    {
        null or "" or "osmesa" => MjBackend.OsMesa,
        "egl" => MjBackend.Egl,
        var other => throw new MujocoException($"RT1_RENDERER must be osmesa or egl, got '{other}'."),
    };

    /// <summary>EGL device; null for the first that works.</summary>
    public int? Device { get; init; }

    /// <summary>Samples per pixel for smooth edges; 0 for none. Rounded to what OpenGL offers.</summary>
    public int Samples { get; init; }

    public bool Shadows { get; init; } = true;

    public bool Reflections { get; init; }

    public bool Skybox { get; init; } = true;

    public bool Haze { get; init; }

    /// <summary>Which geom groups (0 to 5) are drawn.</summary>
    public IReadOnlyList<int> GeomGroups { get; init; } = [0, 1, 2];
}
