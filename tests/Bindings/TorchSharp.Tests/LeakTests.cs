using static TorchSharp.Tests.Reference;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

/// <summary>A thousand passes leave no tensor and no memory behind.</summary>
public class LeakTests
{
    [Fact]
    public void ThousandPasses_WithBackwardAndSteps_KeepMemoryFlat()
    {
        using var network = Sequential(Conv2d(3, 8, 3, padding: 1), BatchNorm2d(8), SiLU(), AdaptiveAvgPool2d(4), Flatten(),
            Linear(128, 16));
        using var optimizer = optim.AdamW(network.parameters());
        using var input = Fill([4, 3, 32, 32], 1);
        using var target = tensor(new long[] { 0, 5, 10, 15 });
        Run(200);
        var (tensors, memory) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Memory());

        Run(1000);

        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        var growth = (Memory() - memory) / 1024.0 / 1024;
        Assert.True(growth < 16, $"1000 passes added {growth:0.0} MiB");

        static long Memory()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return Environment.WorkingSet;
        }

        void Run(int passes)
        {
            for (var i = 0; i < passes; i++)
            {
                using var scope = NewDisposeScope();
                if (i % 4 != 0)
                {
                    using var _ = inference_mode();
                    network.call(input);
                    continue;
                }
                network.zero_grad();
                functional.cross_entropy(network.call(input), target).backward();
                nn.utils.clip_grad_norm_(network.parameters(), 1);
                optimizer.step();
            }
        }
    }

    [Fact]
    public void TensorsLeftBehind_CollectedByTheRuntime_AreFreed()
    {
        MakeGarbage();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var after = Tensor.TotalCount;
        MakeGarbage();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(Tensor.TotalCount <= after + 100);

        static void MakeGarbage()
        {
            for (var i = 0; i < 1000; i++)
                _ = zeros(10);
        }
    }
}
