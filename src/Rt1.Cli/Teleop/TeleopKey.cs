namespace Rt1.Cli.Teleop;

/// <summary>What a key asks for.</summary>
internal enum TeleopKey
{
    Forward,
    Backward,
    Left,
    Right,
    Up,
    Down,
    TurnLeft,
    TurnRight,
    Gripper,
    SwitchMode,
    Terminate,
    Stop,
    Quit,
}

/// <summary>Which key is which.</summary>
internal static class TeleopKeys
{
    public const string Help =
        """
        W S  or up down      arm forward, backward       base forward, backward
        A D  or left right   arm left, right             base left, right
        R F                  arm up, down
        Q E                  turn left, right            base turns left, right
        space                opens or closes the gripper
        B                    drives the base, or the arm again
        T                    ends the episode, and starts the next
        X                    stops the robot now
        Esc, Ctrl-C          stops the robot and ends
        """;

    /// <summary>A key of the terminal; null for one without meaning.</summary>
    public static TeleopKey? Of(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.UpArrow => TeleopKey.Forward,
        ConsoleKey.DownArrow => TeleopKey.Backward,
        ConsoleKey.LeftArrow => TeleopKey.Left,
        ConsoleKey.RightArrow => TeleopKey.Right,
        ConsoleKey.Escape => TeleopKey.Quit,
        _ => Of(key.KeyChar),
    };

    /// <summary>A character that was typed or piped; null for one without meaning.</summary>
    public static TeleopKey? Of(char key) => char.ToLowerInvariant(key) switch
    {
        'w' => TeleopKey.Forward,
        's' => TeleopKey.Backward,
        'a' => TeleopKey.Left,
        'd' => TeleopKey.Right,
        'r' => TeleopKey.Up,
        'f' => TeleopKey.Down,
        'q' => TeleopKey.TurnLeft,
        'e' => TeleopKey.TurnRight,
        ' ' => TeleopKey.Gripper,
        'b' => TeleopKey.SwitchMode,
        't' => TeleopKey.Terminate,
        'x' => TeleopKey.Stop,
        '\u001b' => TeleopKey.Quit,
        _ => null,
    };
}
