using Rt1.Testing;

namespace Rt1.Cli.Tests.Sim;

public class ExpertsTests
{
    private static readonly string Suite = Repository.File("configs", "evaluation", "experts.yaml");

    [Fact]
    public void Experts_Json_HasEverySkillAndTheSumWithAndWithoutNoise()
    {
        var results = Rt1Process.Run("sim", "experts", "--suite", Suite, "--skills", "pick,drive_to", "--episodes", "4", "--json").Succeeded().Json.EnumerateArray().ToList();

        Assert.Equal(["pick", "drive_to", "all", "pick", "drive_to", "all"], results.Select(result => result.GetProperty("skill").GetString()));
        Assert.Equal([false, true], results.Select(result => result.GetProperty("with_noise").GetBoolean()).Distinct());
        Assert.Equal(4, results[2].GetProperty("episodes").GetInt32());
        Assert.InRange(results[2].GetProperty("success_rate").GetDouble(), 0.5, 1);
        Assert.InRange(results[0].GetProperty("target_visible").GetDouble(), 0.5, 1);
    }

    [Fact]
    public void Experts_SkillThatTheSuiteCannotHave_IsOneFault() =>
        Assert.Contains("'pick_anything' can take place at none of",
            Rt1Process.Run("sim", "experts", "--suite", Suite, "--skills", "pick_anything", "--episodes", "1").Fault());
}
