using System.Text.Json.Nodes;

namespace Rt1.Evaluation.Tests.Results;

public sealed class ScoreTests
{
    [Fact]
    public void Of_Episodes_CountsBySuiteAndSkillAndFailure()
    {
        EpisodeResult[] episodes =
        [
            Rig.Result("seen", 0, Verdict.Success), Rig.Result("seen", 1, Verdict.NotEnded), Rig.Result("seen", 2, Verdict.Success),
            Rig.Result("seen", 3, Verdict.Diverged), Rig.Result("seen", 4, Verdict.Diverged),
        ];

        var score = SuiteScore.OfSuite(episodes);

        Assert.Equal((5, 2, 0.4, 11.0), (score.Episodes, score.Successes, score.SuccessRate, score.MeanStepsOfSuccesses));
        Assert.Equal((1, 2, 0), (score.Failures[Verdict.NotEnded], score.Failures[Verdict.Diverged], score.Failures[Verdict.Fault]));
        Assert.Equal(["move_near", "pick"], score.PerSkill.Keys);
        Assert.Equal((0, 2), (score.PerSkill["move_near"].Successes, score.PerSkill["move_near"].Episodes));
        Assert.Null(score.PerSkill["move_near"].MeanStepsOfSuccesses);
    }

    [Fact]
    public void Json_OfAResult_HasTheDocumentedKeys()
    {
        var plan = Rig.Plan();

        var json = JsonNode.Parse(EvaluationJson.Text(EvaluationResult.Of(plan, Rig.Results(plan))))!;

        var seen = json["suites"]!["seen"]!.AsObject();
        Assert.Equal(["episodes", "successes", "success_rate", "ci95", "failures", "mean_steps_of_successes", "per_skill"], seen.Select(p => p.Key));
        Assert.Equal(["not_ended", "not_as_asked", "neither", "fault", "diverged"], seen["failures"]!.AsObject().Select(p => p.Key));
        Assert.Equal(2, seen["ci95"]!.AsArray().Count);
        Assert.Equal(["unseen", "seen"], json["suites"]!.AsObject().Select(p => p.Key));
        Assert.Equal(100, json["plan"]!["run"]!["latency_ms"]!.GetValue<double>());
    }

    [Fact]
    public void Json_OfAnEpisode_ReadsBack()
    {
        var line = EvaluationJson.Line(Rig.Result("seen", 3, Verdict.Fault) with { Reason = "a\nb \"c\"" });

        Assert.DoesNotContain('\n', line);
        Assert.Equal(line, EvaluationJson.Line(EvaluationJson.Read<EpisodeResult>(line)));
    }
}
