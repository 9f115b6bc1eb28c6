using Rt1.Core;
using TorchSharp;

namespace Rt1.Training;

/// <summary>The group that this process belongs to.</summary>
public static class WorkerGroups
{
    /// <param name="environment">Null for a run of one worker.</param>
    /// <param name="device">Where the gradients are.</param>
    /// <exception cref="Rt1Exception">The workers did not find each other, or this build cannot connect them.</exception>
    public static IWorkerGroup Join(WorkerEnvironment? environment, DeviceType device = DeviceType.CPU)
    {
        if (environment is null or { Size: 1 })
            return new SingleWorker();
#if RT1_SYSTEM_BINDINGS
        return C10dWorkerGroup.Join(environment, device);
#else
        throw new Rt1Exception("several workers need c10d, which the TorchSharp package does not offer; build without -p:Rt1Bindings=nuget.");
#endif
    }
}
