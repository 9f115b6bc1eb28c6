using System.Numerics;
using Rt1.Core;

namespace Rt1.Cli.Teleop;

/// <summary>
/// A person at a keyboard as a policy: each step's action is what was pressed since the step before, and nothing moves where nothing was.
/// Keys come from another thread.
/// </summary>
/// <param name="hasBase">Whether the robot's base moves.</param>
/// <param name="oneKeyAStep">Keys are worked off one by one, as from a pipe; otherwise those pressed together count together, each once.</param>
internal sealed class KeyboardPolicy(bool hasBase, bool oneKeyAStep) : IPolicy
{
    /// <summary>Of one step: metres and radians.</summary>
    private const float Reach = 0.04f, Turn = 0.2f, Drive = 0.12f, BaseTurn = 0.2f;

    private readonly Lock _gate = new();
    private readonly Queue<TeleopKey> _keys = new();
    private bool _drives, _closes;
    private int _idleSteps;

    /// <summary>It is the turn of a key that asks for no motion: to stop, to end.</summary>
    public event Action<TeleopKey>? Reached;

    public ActionSpace ActionSpace => ActionSpace.Default;

    public string Description => "a person at the keyboard";

    /// <summary>Steps without a key since the last one.</summary>
    public int IdleSteps
    {
        get
        {
            lock (_gate)
                return _idleSteps;
        }
    }

    /// <summary>True when no key waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _keys.Count == 0;
        }
    }

    public bool Drives
    {
        get
        {
            lock (_gate)
                return _drives;
        }
    }

    public void Press(TeleopKey key)
    {
        lock (_gate)
            _keys.Enqueue(key);
    }

    /// <summary>Forgets what was pressed.</summary>
    public void Clear()
    {
        lock (_gate)
            _keys.Clear();
    }

    public void Begin(string instruction)
    {
    }

    public PolicyDecision Decide(Observation observation)
    {
        var action = ActionOf(Take());
        return new PolicyDecision { Tokens = ActionSpace.Tokenize(action), Action = action };
    }

    public void Dispose() => Clear();

    private List<TeleopKey> Take()
    {
        lock (_gate)
        {
            if (oneKeyAStep)
                return Count(_keys.TryDequeue(out var key) ? [key] : []);
            var pressed = _keys.Distinct().ToList();
            _keys.Clear();
            return Count(pressed);
        }

        List<TeleopKey> Count(List<TeleopKey> keys)
        {
            _idleSteps = keys.Count == 0 ? _idleSteps + 1 : 0;
            return keys;
        }
    }

    private RobotAction ActionOf(List<TeleopKey> keys)
    {
        foreach (var key in keys.Where(key => key is TeleopKey.Stop or TeleopKey.Quit))
            Reached?.Invoke(key);
        if (keys.Contains(TeleopKey.Terminate))
            return RobotAction.Terminate;
        if (keys.Contains(TeleopKey.SwitchMode))
        {
            lock (_gate)
                _drives = hasBase && !_drives;
        }
        var way = new Vector3(
            Along(keys, TeleopKey.Forward, TeleopKey.Backward), Along(keys, TeleopKey.Left, TeleopKey.Right), Along(keys, TeleopKey.Up, TeleopKey.Down));
        var turn = Along(keys, TeleopKey.TurnLeft, TeleopKey.TurnRight);
        if (Drives)
        {
            return new RobotAction
            {
                Mode = ControlMode.Base,
                BaseDisplacementVector = new Vector2(way.X, way.Y) * Drive,
                BaseDisplacementVerticalRotation = turn * BaseTurn,
            };
        }
        var grips = keys.Contains(TeleopKey.Gripper);
        _closes ^= grips;
        return new RobotAction
        {
            Mode = ControlMode.Arm,
            WorldVector = way * Reach,
            RotationDelta = new Vector3(0, 0, turn * Turn),
            GripperClosednessAction = grips ? _closes ? 1 : -1 : 0,
        };
    }

    private static float Along(List<TeleopKey> keys, TeleopKey positive, TeleopKey negative) =>
        (keys.Contains(positive) ? 1 : 0) - (keys.Contains(negative) ? 1 : 0);
}
