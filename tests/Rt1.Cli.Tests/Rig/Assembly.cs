using Xunit.Sdk;
using Xunit.v3;

// Each test runs whole programs, which share the machine's processors badly.
[assembly: Parallelization(Mode = ParallelMode.None)]
