namespace Mujoco;

/// <summary>MuJoCo, or the OpenGL that it draws with, refused; the message holds its own words.</summary>
public sealed class MujocoException(string message) : Exception(message);
