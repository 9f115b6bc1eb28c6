namespace Rt1.Cli.Tests.Sim;

public class ExpertsTests
{
    [Fact]
    public void Experts_Json_HasEverySkillAndTheSumWithAndWithoutNoise()
    {
        var results = Rt1Process.Run("sim", "experts", "--skills", "drive_to,pick", "--episodes", "4", "--json").Succeeded().Json.EnumerateArray().ToList();

        Assert.Equal(["pick", "drive_to", "all", "pick", "drive_to", "all"], results.Select(result => result.GetProperty("skill").GetString()));
        Assert.Equal([false, true], results.Select(result => result.GetProperty("with_noise").GetBoolean()).Distinct());
        Assert.Equal(4, results[2].GetProperty("episodes").GetInt32());
        Assert.InRange(results[2].GetProperty("success_rate").GetDouble(), 0.5, 1);
        Assert.InRange(results[0].GetProperty("target_visible").GetDouble(), 0.5, 1);
    }

    [Fact]
    public void Experts_SkillThatNoSuiteHas_IsOneFault() =>
        Assert.Contains("--skills: 'pik' is in none of the suites; did you mean 'pick'?", Rt1Process.Run("sim", "experts", "--skills", "pik").Fault());
}
