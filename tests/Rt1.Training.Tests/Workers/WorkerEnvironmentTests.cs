using Rt1.Core;

namespace Rt1.Training.Tests;

public class WorkerEnvironmentTests
{
    [Fact]
    public void Read_NothingSet_IsNoGroup() => Assert.Null(WorkerEnvironment.Read(Variables("PATH=/bin")));

    [Fact]
    public void Read_Torchrun_MeetsAtItsAddress()
    {
        var environment = WorkerEnvironment.Read(Variables("RANK=3 WORLD_SIZE=4 LOCAL_RANK=1 MASTER_ADDR=10.0.0.7 MASTER_PORT=29400 TORCHELASTIC_USE_AGENT_STORE=False"));

        Assert.Equal(new WorkerEnvironment(3, 4, 1, new TcpMeeting("10.0.0.7", 29400, null)), environment);
    }

    [Fact]
    public void Read_TorchrunThatKeepsTheServer_MeetsInThePartOfThisAttempt()
    {
        var environment = WorkerEnvironment.Read(Variables(
            "RANK=0 WORLD_SIZE=2 LOCAL_RANK=0 MASTER_ADDR=localhost MASTER_PORT=29400 TORCHELASTIC_USE_AGENT_STORE=True TORCHELASTIC_RESTART_COUNT=2"));

        Assert.Equal(new TcpMeeting("localhost", 29400, "/worker/attempt_2"), environment!.Meeting);
    }

    [Fact]
    public void Read_SlurmTask_MeetsAtTheFirstNode()
    {
        var environment = WorkerEnvironment.Read(Variables("SLURM_PROCID=5 SLURM_NTASKS=8 SLURM_LOCALID=1 SLURM_JOB_NODELIST=gpu[003-006],big1"));

        Assert.Equal(new WorkerEnvironment(5, 8, 1, new TcpMeeting("gpu003", 29500, null)), environment);
    }

    [Fact]
    public void Read_SlurmTaskWithGivenAddress_MeetsThere()
    {
        var environment = WorkerEnvironment.Read(Variables("SLURM_PROCID=0 SLURM_NTASKS=2 SLURM_LOCALID=0 MASTER_ADDR=head MASTER_PORT=1234 GLOO_SOCKET_IFNAME=ib0"));

        Assert.Equal(new TcpMeeting("head", 1234, null) { NetworkInterface = "ib0" }, environment!.Meeting);
    }

    [Theory]
    [InlineData("SLURM_PROCID=0 SLURM_NTASKS=1")]
    [InlineData("SLURM_NTASKS=4 SLURM_JOB_NODELIST=a")]
    public void Read_SlurmWithoutSeveralTasksStarted_IsNoGroup(string variables) => Assert.Null(WorkerEnvironment.Read(Variables(variables)));

    [Theory]
    [InlineData("RANK=0 WORLD_SIZE=2 MASTER_PORT=1", "MASTER_ADDR")]
    [InlineData("RANK=0 WORLD_SIZE=2 MASTER_ADDR=a", "MASTER_PORT")]
    [InlineData("WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=1", "RANK")]
    [InlineData("RANK=x WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=1", "RANK must be a whole number, got 'x'")]
    [InlineData("RANK=2 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=1", "got 2 of 2")]
    public void Read_HalfAnEnvironment_SaysWhatIsMissing(string variables, string expected) =>
        Assert.Contains(expected, Assert.Throws<Rt1Exception>(() => WorkerEnvironment.Read(Variables(variables))).Message);

    [Theory]
    [InlineData("one", "one")]
    [InlineData("one,two", "one")]
    [InlineData("n[1,4-6]", "n1")]
    [InlineData("n[004-006].local,m2", "n004.local")]
    [InlineData("a,n[1-2]", "a")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void First_OfSlurmsShortForm_IsTheFirstHost(string? list, string? expected) => Assert.Equal(expected, SlurmNodes.First(list));

    private static Dictionary<string, string> Variables(string text) =>
        text.Split(' ').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
}
