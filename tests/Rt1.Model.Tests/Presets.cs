using Rt1.Configuration;
using Rt1.Testing;

namespace Rt1.Model.Tests;

/// <summary>The shipped presets.</summary>
internal static class Presets
{
    public static PolicyConfig Rt1 => Load("rt1");

    public static PolicyConfig Mini => Load("rt1-mini");

    private static PolicyConfig Load(string name) => Config.Load<PolicyConfig>(Repository.File("configs", "models", $"{name}.yaml"));
}
