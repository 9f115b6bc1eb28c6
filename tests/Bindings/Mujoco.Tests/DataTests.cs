namespace Mujoco.Tests;

public class DataTests
{
    [Fact]
    public void Step_FreeFall_FollowsTheClosedForm()
    {
        using var model = MjModel.FromXml("<mujoco><worldbody><body pos='0 0 10'><freejoint/><geom size='.1'/></body></worldbody></mujoco>");
        using var data = new MjData(model);
        const int steps = 250;
        for (var i = 0; i < steps; i++)
            data.Step();

        // Semi-implicit Euler: after n steps v = −g·n·dt and z = z0 − g·dt²·n(n + 1)/2.
        var dt = model.timestep;
        Assert.Equal(steps * dt, data.time, 12);
        Assert.Equal(-9.81 * steps * dt, data.qvel[2], 9);
        Assert.Equal(10 - 9.81 * dt * dt * steps * (steps + 1) / 2, data.qpos[2], 9);
    }

    [Fact]
    public void Jacobian_OfASite_EqualsFiniteDifferences()
    {
        using var model = MjModel.FromXml(Scenes.Pendulum);
        using var data = new MjData(model);
        var tip = model.Id(MjObject.Site, "tip");
        double[] q = [0.3, -0.7], jacp = new double[6], jacr = new double[6];
        var at = Tip(q);
        q.CopyTo(data.qpos);
        data.Kinematics();
        data.Jacobian(MjObject.Site, tip, jacp, jacr);

        const double h = 1e-6;
        for (var dof = 0; dof < 2; dof++)
        {
            var moved = (double[])q.Clone();
            moved[dof] += h;
            var there = Tip(moved);
            for (var axis = 0; axis < 3; axis++)
                Assert.Equal((there[axis] - at[axis]) / h, jacp[2 * axis + dof], 5);
        }
        Assert.Equal([0, 1, 0], new[] { jacr[0], jacr[2], jacr[4] });

        double[] Tip(double[] positions)
        {
            positions.CopyTo(data.qpos);
            data.Kinematics();
            return data.Field<double>("site_xpos").Slice(3 * tip, 3).ToArray();
        }
    }

    [Fact]
    public void Jacobian_WrongRoom_Throws()
    {
        using var model = MjModel.FromXml(Scenes.Pendulum);
        using var data = new MjData(model);
        Assert.Throws<ArgumentException>(() => data.Jacobian(MjObject.Body, 1, new double[6], new double[5]));
    }

    [Fact]
    public void Contacts_BoxAtRest_AreFourCornersThatCarryItsWeight()
    {
        using var model = MjModel.FromXml(Scenes.Box);
        using var data = new MjData(model);
        for (var i = 0; i < 1000; i++)
            data.Step();
        var contacts = data.Contacts().ToList();
        Assert.Equal(4, contacts.Count);
        Assert.All(contacts, c => Assert.True(c.IsActive));
        Assert.All(contacts, c => Assert.Equal(("floor", "box"), (model.Name(MjObject.Geom, c.Geom1), model.Name(MjObject.Geom, c.Geom2))));
        Assert.All(contacts, c => Assert.InRange(c.Normal.Z, 0.999f, 1.001f));
        Assert.Equal(9.81, contacts.Sum(c => c.Force.X), 2);
    }

    [Fact]
    public void Pose_TurnedBody_HasTheOrientationOfItsJoint()
    {
        using var model = MjModel.FromXml(Scenes.Box);
        using var data = new MjData(model);
        double[] pose = [1, 2, 3, Math.Cos(0.4), 0, 0, Math.Sin(0.4)];
        pose.CopyTo(data.qpos);
        data.Forward();
        var (position, orientation) = data.Pose(MjObject.Body, model.Id(MjObject.Body, "box"));
        Assert.Equal(new(1, 2, 3), position);
        Assert.Equal(Math.Cos(0.4), orientation.W, 6);
        Assert.Equal(Math.Sin(0.4), orientation.Z, 6);
    }

    [Fact]
    public void Velocity_SpinningBody_IsGivenInWorldAxes()
    {
        using var model = MjModel.FromXml(Scenes.Box);
        using var data = new MjData(model);
        double[] velocity = [0.1, 0, 0, 0, 0, 2];
        velocity.CopyTo(data.qvel);
        data.Forward();
        var (angular, linear) = data.Velocity(MjObject.Body, model.Id(MjObject.Body, "box"));
        Assert.Equal(2, angular.Z, 6);
        Assert.Equal(0.1, linear.X, 6);
    }

    [Fact]
    public void Sensor_ByName_ReadsTheJoint()
    {
        using var model = MjModel.FromXml(Scenes.Pendulum);
        using var data = new MjData(model);
        data.Reset("bent");
        data.Forward();
        Assert.Equal(-0.6, data.Sensor("angle")[0]);
        Assert.Equal(3, data.Sensor("tip").Length);
    }

    [Fact]
    public void LoadState_AfterMoreSteps_ContinuesBitForBit()
    {
        using var model = MjModel.FromXml(Scenes.Box);
        using var data = new MjData(model);
        data.qpos[2] = 0.5;
        data.qvel[4] = 3;
        for (var i = 0; i < 150; i++)
            data.Step();
        var saved = data.SaveState();
        var first = Run();
        data.LoadState(saved);
        Assert.Equal(first, Run());
        Assert.Throws<ArgumentException>(() => data.LoadState(saved.AsSpan(1)));

        double[] Run()
        {
            for (var i = 0; i < 100; i++)
                data.Step();
            return data.SaveState();
        }
    }

    [Fact]
    public void StepInTwoHalves_WithForcesBetween_CancelsGravityExactly()
    {
        using var model = MjModel.FromXml(Scenes.Pendulum);
        using var data = new MjData(model);
        data.Reset("bent");
        for (var i = 0; i < 200; i++)
        {
            data.Step1();
            data.qfrc_bias.CopyTo(data.qfrc_applied);
            data.Step2();
        }
        Assert.Equal(0.3, data.qpos[0], 9);
        Assert.Equal(-0.6, data.qpos[1], 9);
    }
}
