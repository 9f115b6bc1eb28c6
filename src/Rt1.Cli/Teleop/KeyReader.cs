namespace Rt1.Cli.Teleop;

/// <summary>Reads keys in a thread of its own: raw from a terminal, or one character a key from a pipe.</summary>
/// <param name="pressed">Hears of each key, in the reader's thread.</param>
/// <param name="ended">Hears that no more will come.</param>
internal sealed class KeyReader(Action<TeleopKey> pressed, Action ended)
{
    public void Start() => new Thread(Read) { Name = "keyboard", IsBackground = true }.Start();

    private void Read()
    {
        if (Console.IsInputRedirected)
        {
            while (Console.In.Read() is >= 0 and var character)
                Tell(TeleopKeys.Of((char)character));
            ended();
            return;
        }
        while (true)
            Tell(TeleopKeys.Of(Console.ReadKey(intercept: true)));
    }

    private void Tell(TeleopKey? key)
    {
        if (key is { } known)
            pressed(known);
    }
}
