using Rt1.Configuration;
using Rt1.Core;
using Rt1.Testing;

namespace Rt1.Simulation.Tests;

public class SituationSamplerTests
{
    private static readonly SuiteConfig Suite = new()
    {
        Skills = ["pick", "move_near", "open_drawer"],
        Objects = ["apple", "orange", "red_can", "sponge", "tin", "bowl"],
        Places = ["classroom", "kitchen1"],
        ObjectCount = new CountRange { Min = 3, Max = 5 },
        Split = new SplitConfig
        {
            HeldOut = new Dictionary<string, IReadOnlyList<string>> { ["pick"] = ["orange"], ["move_near"] = ["apple", "tin"] },
            UnseenPlaces = ["kitchen2"],
        },
    };

    [Fact]
    public void Sample_SeenPart_TakesSkillsInTurnAndNeverAHeldOutPair()
    {
        var sampler = new SituationSampler(Suite);
        for (var i = 0; i < 120; i++)
        {
            var situation = sampler.Sample(seed: 7, i);
            Assert.Equal(Suite.Skills[i % 3], situation.Task.Skill);
            Assert.False(Suite.Split.Holds(situation.Task.Skill, situation.Task.Target));
            if (situation.Task.Skill == "open_drawer")
            {
                Assert.Equal("kitchen1", situation.Scene.Place);
                Assert.Empty(situation.Scene.Objects);
                continue;
            }
            Assert.InRange(situation.Scene.Objects.Count, 3, 5);
            Assert.Contains(situation.Task.Target, situation.Scene.Objects);
            Assert.NotEqual("bowl", situation.Task.Target);
            Assert.Equal(situation.Scene.Objects.Count, situation.Scene.Objects.Distinct().Count());
            if (situation.Task.Reference is { } reference)
                Assert.True(reference != situation.Task.Target && situation.Scene.Objects.Contains(reference));
        }
    }

    [Fact]
    public void Sample_UnseenPart_IsHeldOutPairsOnly()
    {
        var sampler = new SituationSampler(Suite with { Skills = ["pick", "move_near"], Part = SplitPart.Unseen });
        var tasks = Enumerable.Range(0, 60).Select(i => sampler.Sample(1, i).Task).ToList();
        Assert.All(tasks, task => Assert.True(Suite.Split.Holds(task.Skill, task.Target)));
        Assert.Equal(["apple", "tin"], tasks.Where(task => task.Skill == "move_near").Select(task => task.Target).Distinct().Order());
    }

    [Fact]
    public void Sample_SameSeedAndIndex_SameSituation()
    {
        var (one, other) = (new SituationSampler(Suite).Sample(3, 11), new SituationSampler(Suite).Sample(3, 11));
        Assert.Equal(Config.ToYaml(one), Config.ToYaml(other));
        Assert.NotEqual(one.Seed, new SituationSampler(Suite).Sample(3, 14).Seed);
        Assert.NotEqual(one.Seed, new SituationSampler(Suite).Sample(4, 11).Seed);
        Assert.NotEqual(one.Seed, SituationSampler.ForTraining(Suite).Sample(3, 11).Seed);
    }

    [Fact]
    public void ForTraining_WhatTheSplitKeepsOut_IsRefused()
    {
        Assert.Contains("held-out", Refusal(Suite with { Part = SplitPart.Unseen }));
        Assert.Contains("look", Refusal(Suite with { Look = LookRange.Unseen }));
        Assert.Contains("kitchen2", Refusal(Suite with { Places = ["classroom", "kitchen2"] }));

        static string Refusal(SuiteConfig suite) => Assert.Throws<Rt1Exception>(() => SituationSampler.ForTraining(suite)).Message;
    }

    [Fact]
    public void Constructor_SkillWithNothingToDo_IsRefused()
    {
        Assert.Contains("open_drawer", Refusal(Suite with { Places = ["classroom"] }));
        Assert.Contains("place_into", Refusal(Suite with { Skills = ["place_into"], Objects = ["tin", "bowl"] }));
        Assert.Contains("kuka", Refusal(Suite with { Robot = "kuka" }));

        static string Refusal(SuiteConfig suite) => Assert.Throws<Rt1Exception>(() => new SituationSampler(suite)).Message;
    }

    [Theory]
    [InlineData("seen", true)]
    [InlineData("distractors", true)]
    [InlineData("unseen", false)]
    [InlineData("backgrounds", false)]
    public void ShippedSuite_DrawsItsSituations_AndTrainsOnlyWhereItMay(string name, bool trains)
    {
        var suite = Config.Load<SuiteConfig>(Repository.File("configs", "evaluation", $"{name}.yaml"));
        var sampler = new SituationSampler(suite);
        var situations = Enumerable.Range(0, 300).Select(i => sampler.Sample(1, i)).ToList();
        if (name != "unseen")
            Assert.True(situations.Where(s => s.Task.Skill == "pick").Select(s => s.Task.Target).Distinct().Count() >= 12);
        if (!trains)
            Assert.Throws<Rt1Exception>(() => SituationSampler.ForTraining(suite));
        else
            Assert.NotNull(SituationSampler.ForTraining(suite));
    }

    [Fact]
    public void ShippedSplit_HoldsOutPairsWhoseSkillAndObjectAreBothTrained()
    {
        var suite = Config.Load<SuiteConfig>(Repository.File("configs", "evaluation", "seen.yaml"));
        var trained = suite.Skills.ToDictionary(name => name, name =>
            SkillCatalogue.Find(name).Targets(suite.Objects).Where(target => !suite.Split.Holds(name, target)).ToList());
        foreach (var (skill, targets) in suite.Split.HeldOut)
        {
            Assert.NotEmpty(trained[skill]);
            Assert.All(targets, target =>
            {
                Assert.Contains(target, SkillCatalogue.Find(skill).Targets(suite.Objects));
                Assert.Contains(trained, other => other.Value.Contains(target));
            });
        }
    }
}
