using Mujoco;

namespace Rt1.Simulation;

/// <summary>
/// A joint with its position servo. Damping holds a moving joint back by damping/kp seconds; <see cref="Write"/> leads by as much, so
/// that the joint follows a moving target.
/// </summary>
internal sealed class JointServo
{
    private readonly MjData _data;
    private readonly int _position, _dof, _actuator;
    private readonly double _lag;
    private double _written;

    public JointServo(MjData data, string joint)
    {
        var model = data.Model;
        _data = data;
        var id = model.Id(MjObject.Joint, joint);
        _position = model.Field<int>("jnt_qposadr")[id];
        _dof = model.Field<int>("jnt_dofadr")[id];
        _actuator = model.Id(MjObject.Actuator, joint);
        var gains = model.Field<double>("actuator_gainprm");
        _lag = model.Field<double>("dof_damping")[_dof] / gains[_actuator * gains.Length / model.nu];
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
    }

    /// <summary>Gives the target to the motor, and takes gravity's and the motion's own forces off it. Once per time step.</summary>
    public void Write()
    {
        var velocity = (Target - _written) / _data.Model.timestep;
        _data.ctrl[_actuator] = Target + _lag * velocity;
        _data.qfrc_applied[_dof] = _data.qfrc_bias[_dof];
        _written = Target;
    }
}
