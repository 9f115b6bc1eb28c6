using Rt1.Core;

namespace Rt1.Simulation;

/// <summary>
/// Draws situations of a suite: the same seed and index, the same situation. Skills come in turn, so that any stretch of indices has
/// them evenly. Training and evaluation never draw the same situation, whatever their seeds.
/// </summary>
public sealed class SituationSampler
{
    /// <summary>Area that objects may take of a workspace of 0.3 × 0.42 m, beyond whose edges they may reach, m².</summary>
    private const double Crowded = 0.105;

    private enum Purpose
    {
        Evaluation,
        Training,
    }

    private readonly SuiteConfig _suite;
    private readonly Purpose _purpose;
    private readonly IReadOnlyList<Choice> _choices;

    /// <summary>For evaluation.</summary>
    /// <exception cref="Rt1Exception">A skill has nothing to be about.</exception>
    public SituationSampler(SuiteConfig suite) : this(suite, Purpose.Evaluation) { }

    private SituationSampler(SuiteConfig suite, Purpose purpose)
    {
        (_suite, _purpose) = (suite, purpose);
        _choices = [.. suite.Skills.Select(name => Choose(SkillCatalogue.Find(name)))];
    }

    /// <summary>For training data.</summary>
    /// <exception cref="Rt1Exception">The suite has something that the split keeps from training, or a skill has nothing to be about.</exception>
    public static SituationSampler ForTraining(SuiteConfig suite)
    {
        if (suite.Part == SplitPart.Unseen)
            throw new Rt1Exception("training data: the suite's part is 'unseen'; held-out pairs must stay out of training. Use part: seen.");
        if (suite.Look == LookRange.Unseen)
            throw new Rt1Exception("training data: the suite's look is 'unseen'; those looks must stay out of training. Use look: training.");
        if (suite.Places.Intersect(suite.Split.UnseenPlaces).FirstOrDefault() is { } place)
            throw new Rt1Exception($"training data: the place '{place}' is kept from training by the split; use another.");
        return new SituationSampler(suite, Purpose.Training);
    }

    /// <summary>The situation at an index.</summary>
    public Situation Sample(int seed, long index)
    {
        var random = new Random(Mix(seed, index, (long)_purpose));
        var choice = _choices[(int)(index % _choices.Count)];
        var target = Pick(random, choice.Targets);
        var references = choice.Skill.References(target, _suite.Objects);
        var reference = choice.Skill.HasReference ? Pick(random, references) : null;
        var template = random.Next(choice.Skill.Templates.Count);
        return new Situation
        {
            Task = choice.Skill.Task(target, reference, template),
            Scene = new Scene
            {
                Place = Pick(random, choice.Places),
                Robot = _suite.Robot,
                Objects = choice.Skill.HasObjects ? Objects(random, choice.Skill, [target, reference]) : [],
                Look = _suite.Look == LookRange.Plain ? Look.Plain : new Look(_suite.Look, random.Next()),
            },
            Occlusion = _suite.Occlusion,
            Seed = random.Next(),
        };
    }

    private Choice Choose(Skill skill)
    {
        var wanted = _suite.Part == SplitPart.Unseen;
        var targets = skill.Targets(_suite.Objects).Where(target => _suite.Split.Holds(skill.Name, target) == wanted).ToList();
        var places = _suite.Places.Where(skill.WorksAt).ToList();
        if (!skill.WorksWith(_suite.Robot))
            throw new Rt1Exception($"suite: the robot '{_suite.Robot}' cannot do '{skill.Name}'; leave it out of skills.");
        if (targets.Count == 0)
            throw new Rt1Exception($"suite: '{skill.Name}' has no {(wanted ? "held-out" : "trained")} target among the objects; add one, or leave it out of skills.");
        if (places.Count == 0)
            throw new Rt1Exception($"suite: '{skill.Name}' can take place at none of {string.Join(", ", _suite.Places)}; add a place, or leave it out of skills.");
        return new Choice(skill, targets, places);
    }

    /// <summary>The objects of a scene in a random order: what the instruction names, and distractors that leave room for each other.</summary>
    private string[] Objects(Random random, Skill skill, string?[] named)
    {
        var objects = named.OfType<string>().Where(_suite.Objects.Contains).ToList();
        var others = _suite.Objects.Except(objects).Where(skill.Admits).ToArray();
        random.Shuffle(others);
        var count = Math.Min(skill.MostObjects, random.Next(_suite.ObjectCount.Min, _suite.ObjectCount.Max + 1));
        var free = Crowded - objects.Sum(Room);
        foreach (var other in others)
        {
            if (objects.Count == count)
                break;
            if (Room(other) > free)
                continue;
            objects.Add(other);
            free -= Room(other);
        }
        var all = objects.ToArray();
        random.Shuffle(all);
        return all;
    }

    /// <summary>The area that an object takes with what stays free around it, m².</summary>
    private static double Room(string name) => Math.PI * Math.Pow(ObjectShape.Of(name).Radius + 0.012, 2);

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>SplitMix64 over the parts (Steele, Lea, Flood 2014).</summary>
    private static int Mix(params ReadOnlySpan<long> parts)
    {
        var state = 0UL;
        foreach (var part in parts)
        {
            state = (state ^ (ulong)part) + 0x9E3779B97F4A7C15;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
            state ^= state >> 31;
        }
        return (int)(state >> 33);
    }

    private sealed record Choice(Skill Skill, IReadOnlyList<string> Targets, IReadOnlyList<string> Places);
}
