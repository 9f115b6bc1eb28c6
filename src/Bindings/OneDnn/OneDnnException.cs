namespace OneDnn;

/// <summary>oneDNN refused a shape or failed to run; the message is its own.</summary>
public sealed class OneDnnException(string message) : Exception(message);
