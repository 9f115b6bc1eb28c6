// Tests count live tensors and seed libtorch's generator, and both are the whole process's.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
