namespace Mujoco.Tests;

public class ErrorTests
{
    [Fact]
    public void Step_ErrorInsideMujoco_BecomesAnExceptionAndTheDataCanBeReset()
    {
        // Four contacts need far more stack than this; MuJoCo's own handler would wait for a key and end the process.
        using var model = MjModel.FromXml(Scenes.Box.Replace("<worldbody>", "<size nstack='100'/><worldbody>"));
        using var data = new MjData(model);
        data.qpos[2] = 0.0999;
        var e = Assert.Throws<MujocoException>(data.Step);
        Assert.Equal("Stack overflow", e.Message);
        data.Reset();
        data.qpos[2] = 5;
        data.Kinematics();
        Assert.Equal(5, data.Field<double>("xpos")[5]);
    }

    [Fact]
    public void Step_HugeVelocity_IsCountedAsAWarningAndReset()
    {
        using var model = MjModel.FromXml(Scenes.Box);
        using var data = new MjData(model);
        data.Step();
        Assert.Equal(0, data.WarningCount(MjWarning.BadQvel));
        data.qvel[0] = double.NaN;
        data.Step();
        Assert.Equal(1, data.WarningCount(MjWarning.BadQvel));
        Assert.Contains("QVEL", data.WarningText(MjWarning.BadQvel));
        Assert.Equal(model.timestep, data.time);
    }

    [Fact]
    public void Step_AfterDispose_Throws()
    {
        using var model = MjModel.FromXml(Scenes.Box);
        var data = new MjData(model);
        data.Dispose();
        data.Dispose();
        Assert.Throws<ObjectDisposedException>(data.Step);
        Assert.Throws<ObjectDisposedException>(() => data.qpos.Length);
    }
}
