namespace Rt1.Core;

/// <summary>
/// A fault that the user can mend: bad input, a missing file, an absent robot. Its message is one line that says where,
/// what was expected, what came, and what to do; the command line prints it without a stack trace.
/// </summary>
public class Rt1Exception : Exception
{
    public Rt1Exception(string message) : base(message) { }

    public Rt1Exception(string message, Exception cause) : base(message, cause) { }
}
