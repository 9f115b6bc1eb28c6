using Mujoco;

namespace Rt1.Simulation;

/// <summary>
/// A joint with its position servo, led so that the joint follows a moving target: damping holds a moving joint back by damping/kp
/// seconds, and its inertia by force/kp. All within the motor's force limit; gravity is taken off it outside.
/// </summary>
internal sealed class JointServo
{
    private readonly MjData _data;
    private readonly int _position, _dof, _actuator;
    private readonly double _gain, _damping, _timestep;
    private double _written, _velocity;

    public JointServo(MjData data, string joint)
    {
        var model = data.Model;
        _data = data;
        var id = model.Id(MjObject.Joint, joint);
        _position = model.Field<int>("jnt_qposadr")[id];
        _dof = model.Field<int>("jnt_dofadr")[id];
        _actuator = model.Id(MjObject.Actuator, joint);
        var gains = model.Field<double>("actuator_gainprm");
        _gain = gains[_actuator * gains.Length / model.nu];
        _timestep = model.timestep;
        _damping = model.Field<double>("dof_damping")[_dof];
    }

    /// <summary>Where the servo takes the joint: radians or metres.</summary>
    public double Target { get; set; }

    /// <summary>Where the joint is.</summary>
    public double Measured => _data.qpos[_position];

    /// <summary>Puts the joint somewhere, at rest, and keeps it there.</summary>
    public void Place(double position)
    {
        _data.qpos[_position] = position;
        _data.qvel[_dof] = 0;
        _data.ctrl[_actuator] = Target = _written = position;
        _velocity = 0;
    }

    /// <summary>Keeps the joint where it is now.</summary>
    public void Hold()
    {
        Target = _written = Measured;
        _velocity = 0;
    }

    /// <summary>Notes how the target moves since the last time step, and the acceleration that this takes.</summary>
    /// <param name="accelerations">Of all the model's degrees of freedom; this joint's is set.</param>
    public void Track(Span<double> accelerations)
    {
        var velocity = (Target - _written) / _timestep;
        accelerations[_dof] = (velocity - _velocity) / _timestep;
        (_written, _velocity) = (Target, velocity);
    }

    /// <summary>Drives the motor.</summary>
    /// <param name="inertia">The forces that the accelerations noted by <see cref="Track"/> take.</param>
    public void Write(ReadOnlySpan<double> inertia)
    {
        _data.ctrl[_actuator] = Target + (_damping * _velocity + inertia[_dof]) / _gain;
        _data.qfrc_applied[_dof] = _data.qfrc_bias[_dof];
    }
}
