using Rt1.Evaluation.Tests;
using Rt1.Simulation;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(RendererFirst))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Rt1.Evaluation.Tests;

/// <summary>Loads the renderer before any test loads OpenCV or SkiaSharp, which it does not bear before it.</summary>
public sealed class RendererFirst
{
    public RendererFirst()
    {
        using var lab = new Lab(new Scene { Objects = ["apple"] }, 16, 16);
        lab.Capture();
    }
}
