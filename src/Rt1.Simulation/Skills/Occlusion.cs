using System.Numerics;
using Mujoco;

namespace Rt1.Simulation;

/// <summary>Puts a distractor between the camera and the target, so that it partly hides it.</summary>
internal static class Occlusion
{
    private const float Apart = 0.03f;      // between the two, so that fingers pass, metres
    private const float MostAside = 0.5f;   // of the line to the camera, radians

    /// <summary>Moves the first distractor that fits there; where none does, the scene stays as it is.</summary>
    public static void Arrange(Stage stage, Random random)
    {
        var world = stage.World;
        if (!world.Scene.Objects.Contains(stage.Task.Target))
            return;
        var (target, camera) = (stage.World.PoseOf(stage.Task.Target).Position, world.Data.Pose(MjObject.Camera, world.Model.Id(MjObject.Camera, "head")).Position);
        var towards = camera - target;
        var angle = MathF.Atan2(towards.Y, towards.X) + MostAside * (2 * random.NextSingle() - 1);
        var named = stage.Task.Reference is { } reference ? new[] { stage.Task.Target, reference } : [stage.Task.Target];
        foreach (var name in world.Scene.Objects.Except(named).OrderByDescending(name => ObjectShape.Of(name).Height))
        {
            var distance = (float)(ObjectShape.Of(name).Radius + ObjectShape.Of(stage.Task.Target).Radius) + Apart;
            var place = target + distance * new Vector3(MathF.Cos(angle), MathF.Sin(angle), 0);
            if (!IsFree(stage, name, place))
                continue;
            world.Put(name, world.PoseOf(name) with { Position = place with { Z = stage.Surface + 0.001f } });
            stage.Settle(0.2);
            return;
        }
    }

    private static bool IsFree(Stage stage, string name, Vector3 place)
    {
        var off = Vector3.Transform(place - stage.Workspace.Position, Quaternion.Conjugate(stage.Workspace.Orientation));
        return Math.Abs(off.X) < stage.WorkspaceHalf.X + 0.03f && Math.Abs(off.Y) < stage.WorkspaceHalf.Y + 0.03f
            && stage.World.Scene.Objects.Except([name, stage.Task.Target]).All(other =>
                Vector2.Distance(Stage.Flat(stage.World.PoseOf(other).Position), Stage.Flat(place)) > ObjectShape.Of(other).Radius + ObjectShape.Of(name).Radius + 0.01);
    }
}
