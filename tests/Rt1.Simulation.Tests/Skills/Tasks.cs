using Mujoco;

namespace Rt1.Simulation.Tests;

/// <summary>Trials for tests: physics only unless a picture is asked for.</summary>
internal static class Tasks
{
    public static Trial Trial(string skill, string target, string? reference = null, string place = "classroom", string robot = "edr", int seed = 1, params string[] others) =>
        new(Situation(skill, target, reference, place, robot, seed, others), 96, 96);

    public static Situation Situation(string skill, string target, string? reference = null, string place = "classroom", string robot = "edr", int seed = 1, params string[] others)
    {
        string[] objects = [.. new[] { target, reference }.OfType<string>().Where(Scene.KnownObjects.Contains), .. others];
        return new Situation
        {
            Task = SkillCatalogue.Find(skill).Task(target, reference),
            Scene = new Scene { Place = place, Robot = robot, Objects = objects },
            Seed = seed,
        };
    }

    /// <summary>Lets the expert work until something is so.</summary>
    public static void Until(this Trial trial, Func<bool> isSo)
    {
        for (var i = 0; i < trial.StepLimit && !isSo(); i++)
            trial.Step(trial.ExpertAction());
        Assert.True(isSo());
    }

    public static float Height(this Trial trial, string name) => trial.Lab.World.PoseOf(name).Position.Z;

    public static void SetJoint(this Trial trial, string joint, double value)
    {
        var model = trial.Lab.World.Model;
        trial.Lab.World.Data.qpos[model.Field<int>("jnt_qposadr")[model.Id(MjObject.Joint, joint)]] = value;
        trial.Lab.World.Data.Forward();
    }
}
