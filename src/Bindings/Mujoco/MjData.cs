using System.Numerics;
using System.Runtime.InteropServices;

namespace Mujoco;

/// <summary>
/// The state of one simulation and what is computed from it (<c>mjData</c>). Fields keep MuJoCo's names and layout, row-major; spans
/// point into native memory, see every later step, and must not outlive the object. Not thread-safe. After an exception the data is in
/// an undefined state until <see cref="Reset()"/>.
/// </summary>
public sealed unsafe class MjData : IDisposable
{
    private static readonly string[] StateFields =
        ["time", "qpos", "qvel", "act", "qacc_warmstart", "ctrl", "qfrc_applied", "xfrc_applied", "mocap_pos", "mocap_quat", "userdata"];

    private readonly Dictionary<string, Native.Field> _fields = [];
    private nint _handle;

    public MjData(MjModel model)
    {
        Model = model;
        _handle = Native.Check(Native.rt1mj_make_data(model.Handle));
    }

    public MjModel Model { get; }

    /// <summary>Simulated seconds.</summary>
    public ref double time => ref Field<double>("time")[0];

    /// <summary>Joint positions (nq).</summary>
    public Span<double> qpos => Field<double>("qpos");

    /// <summary>Joint velocities (nv).</summary>
    public Span<double> qvel => Field<double>("qvel");

    /// <summary>Actuator activations (na).</summary>
    public Span<double> act => Field<double>("act");

    /// <summary>Actuator controls (nu).</summary>
    public Span<double> ctrl => Field<double>("ctrl");

    /// <summary>Applied generalised forces (nv).</summary>
    public Span<double> qfrc_applied => Field<double>("qfrc_applied");

    /// <summary>Gravity, Coriolis and centrifugal forces (nv).</summary>
    public Span<double> qfrc_bias => Field<double>("qfrc_bias");

    /// <summary>Applied force and torque per body, world frame (nbody × 6).</summary>
    public Span<double> xfrc_applied => Field<double>("xfrc_applied");

    /// <summary>All sensors' readings; see <see cref="Sensor"/> for one by name.</summary>
    public Span<double> sensordata => Field<double>("sensordata");

    /// <summary>Any array or number by MuJoCo's name, e.g. <c>site_xpos</c>, <c>qfrc_actuator</c>, <c>ncon</c>.</summary>
    /// <exception cref="ArgumentException">There is no such field, or it holds another type.</exception>
    public Span<T> Field<T>(string name) where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        return Find(name).AsSpan<T>(name);
    }

    /// <summary>Advances by one time step.</summary>
    /// <exception cref="MujocoException">MuJoCo stopped with an error. A blow-up is not one: see <see cref="WarningCount"/>.</exception>
    public void Step() => Native.Check(Native.rt1mj_step(Model.Handle, Handle));

    /// <summary>First half of a step: everything that depends on positions and velocities, before controls and forces are read.</summary>
    public void Step1() => Native.Check(Native.rt1mj_step1(Model.Handle, Handle));

    /// <summary>Second half of a step: reads controls and applied forces, and integrates.</summary>
    public void Step2() => Native.Check(Native.rt1mj_step2(Model.Handle, Handle));

    /// <summary>Computes everything for the present state without advancing time.</summary>
    public void Forward() => Native.Check(Native.rt1mj_forward(Model.Handle, Handle));

    /// <summary>Computes poses and what Jacobians need for the present positions; no forces, no contacts.</summary>
    public void Kinematics() => Native.Check(Native.rt1mj_kinematics(Model.Handle, Handle));

    /// <summary>Back to the model's initial state.</summary>
    public void Reset() => Native.Check(Native.rt1mj_reset(Model.Handle, Handle, -1));

    /// <summary>Back to one of the model's keyframes.</summary>
    public void Reset(string key) => Native.Check(Native.rt1mj_reset(Model.Handle, Handle, Model.Id(MjObject.Key, key)));

    /// <summary>Copies everything into another data of the same model.</summary>
    public void CopyTo(MjData other) => Native.Check(Native.rt1mj_copy_data(Model.Handle, other.Handle, Handle));

    /// <summary>The full physics state: from it, and equal controls, a run continues bit for bit.</summary>
    public double[] SaveState()
    {
        var state = new List<double>();
        foreach (var name in StateFields)
            state.AddRange(Field<double>(name));
        return [.. state];
    }

    /// <summary>Returns to a saved state. Poses and contacts follow with the next step or <see cref="Forward"/>.</summary>
    /// <exception cref="ArgumentException">The state comes from another model.</exception>
    public void LoadState(ReadOnlySpan<double> state)
    {
        var size = 0;
        foreach (var name in StateFields)
            size += Field<double>(name).Length;
        if (state.Length != size)
            throw new ArgumentException($"a state of this model holds {size} numbers, got {state.Length}.", nameof(state));
        foreach (var name in StateFields)
        {
            var field = Field<double>(name);
            state[..field.Length].CopyTo(field);
            state = state[field.Length..];
        }
    }

    /// <summary>A body's, geom's, site's or camera's pose in the world, as of the last step or forward computation.</summary>
    public MjPose Pose(MjObject type, int id)
    {
        var (position, matrix) = type switch
        {
            MjObject.Body => ("xpos", "xmat"),
            MjObject.Geom => ("geom_xpos", "geom_xmat"),
            MjObject.Site => ("site_xpos", "site_xmat"),
            MjObject.Camera => ("cam_xpos", "cam_xmat"),
            _ => throw new ArgumentException($"a {type} has no pose.", nameof(type)),
        };
        return MjPose.From(Field<double>(position).Slice(3 * id, 3), Field<double>(matrix).Slice(9 * id, 9));
    }

    /// <summary>A body's, geom's or site's velocity in the world's axes, measured at its origin: (angular rad/s, linear m/s).</summary>
    public (Vector3 Angular, Vector3 Linear) Velocity(MjObject type, int id)
    {
        var v = stackalloc double[6];
        Native.Check(Native.rt1mj_object_velocity(Model.Handle, Handle, (int)type, id, v));
        return (new Vector3((float)v[0], (float)v[1], (float)v[2]), new Vector3((float)v[3], (float)v[4], (float)v[5]));
    }

    /// <summary>Derivatives of an object's position and rotation by the joint velocities, world axes.</summary>
    /// <param name="type">Body, site or geom.</param>
    /// <param name="id">Its number.</param>
    /// <param name="jacp">Translation, 3 × nv, row-major.</param>
    /// <param name="jacr">Rotation, 3 × nv, row-major.</param>
    public void Jacobian(MjObject type, int id, Span<double> jacp, Span<double> jacr)
    {
        var size = 3 * Model.nv;
        if (jacp.Length != size || jacr.Length != size)
            throw new ArgumentException($"a Jacobian here holds 3×{Model.nv} numbers, got room for {jacp.Length} and {jacr.Length}.");
        fixed (double* p = jacp, r = jacr)
            Native.Check(Native.rt1mj_jacobian(Model.Handle, Handle, (int)type, id, p, r));
    }

    /// <summary>Multiplies by the joint-space inertia matrix: the forces that such accelerations take, gravity and motion aside.</summary>
    /// <param name="vector">nv numbers.</param>
    /// <param name="result">nv numbers.</param>
    public void MultiplyInertia(ReadOnlySpan<double> vector, Span<double> result)
    {
        if (vector.Length != Model.nv || result.Length != Model.nv)
            throw new ArgumentException($"expected vectors of {Model.nv} numbers, got {vector.Length} and {result.Length}.");
        fixed (double* v = vector, r = result)
            Native.Check(Native.rt1mj_multiply_inertia(Model.Handle, Handle, v, r));
    }

    /// <summary>The contacts of the last step.</summary>
    public IEnumerable<MjContact> Contacts()
    {
        var count = Field<int>("ncon")[0];
        for (var i = 0; i < count; i++)
        {
            Native.Check(Native.rt1mj_contact(Model.Handle, Handle, i, out var contact));
            yield return MjContact.From(contact);
        }
    }

    /// <summary>One sensor's readings.</summary>
    /// <exception cref="MujocoException">The model has no such sensor.</exception>
    public ReadOnlySpan<double> Sensor(string name)
    {
        var id = Model.Id(MjObject.Sensor, name);
        return sensordata.Slice(Model.Field<int>("sensor_adr")[id], Model.Field<int>("sensor_dim")[id]);
    }

    /// <summary>How often MuJoCo warned since the last reset.</summary>
    public int WarningCount(MjWarning warning) => Native.rt1mj_warning_count(Handle, (int)warning);

    /// <summary>MuJoCo's words for the last warning of this kind.</summary>
    public string WarningText(MjWarning warning) => Marshal.PtrToStringUTF8(Native.rt1mj_warning_text(Handle, (int)warning)) ?? "";

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
            Native.rt1mj_free_data(handle);
    }

    // The arrays stay where they are for as long as the data lives; each is looked up once.
    private Native.Field Find(string name)
    {
        if (!_fields.TryGetValue(name, out var field))
        {
            if (Native.rt1mj_data_field(Model.Handle, Handle, name, out field) < 0)
                throw Native.UnknownField("mjData", name);
            _fields.Add(name, field);
        }
        return field;
    }
}
