// The default generators, the thread count and the process's memory are shared by all tests.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
