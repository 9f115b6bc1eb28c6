using System.Text;

namespace Mujoco.Tests;

public class ModelTests
{
    [Fact]
    public void FromXml_UnknownElement_ThrowsWithMujocosWords()
    {
        var e = Assert.Throws<MujocoException>(() => MjModel.FromXml("<mujoco><worldbody><bodi/></worldbody></mujoco>"));
        Assert.Contains("unrecognized element", e.Message);
        Assert.Contains("bodi", e.Message);
    }

    [Fact]
    public void FromXml_InvalidModel_ThrowsWithMujocosWords()
    {
        // A moving body without mass is found by the compiler, after parsing.
        var e = Assert.Throws<MujocoException>(() => MjModel.FromXml(
            "<mujoco><worldbody><body><joint/></body></worldbody></mujoco>"));
        Assert.Contains("mass and inertia of moving bodies", e.Message);
    }

    [Fact]
    public void FromFile_Missing_NamesTheFile()
    {
        var e = Assert.Throws<MujocoException>(() => MjModel.FromFile("/nowhere/robot.xml"));
        Assert.Contains("/nowhere/robot.xml", e.Message);
    }

    [Fact]
    public void FromFile_ValidFile_Loads()
    {
        using var folder = new Rt1.Testing.TemporaryFolder();
        File.WriteAllText(folder["model.xml"], Scenes.Pendulum);
        using var model = MjModel.FromFile(folder["model.xml"]);
        Assert.Equal((2, 2, 2), (model.nq, model.nv, model.nu));
    }

    [Fact]
    public void FromXml_Includes_AreReadFromTheFilesGiven()
    {
        var part = "<mujoco><worldbody><geom name='ball' size='.1'/></worldbody></mujoco>";
        using var model = MjModel.FromXml("<mujoco><include file='part.xml'/></mujoco>",
            new Dictionary<string, byte[]> { ["part.xml"] = Encoding.UTF8.GetBytes(part) });
        Assert.Equal(0, model.Id(MjObject.Geom, "ball"));
    }

    [Fact]
    public void Id_AndName_AreInverse()
    {
        using var model = MjModel.FromXml(Scenes.Pendulum);
        var tip = model.Id(MjObject.Site, "tip");
        Assert.Equal("tip", model.Name(MjObject.Site, tip));
        Assert.Null(model.TryId(MjObject.Site, "top"));
        Assert.Null(model.Name(MjObject.Site, 99));
        Assert.Contains("no site named 'top'", Assert.Throws<MujocoException>(() => model.Id(MjObject.Site, "top")).Message);
    }

    [Fact]
    public void Field_ArraysSizesAndOptions_AreReadAndWritten()
    {
        using var model = MjModel.FromXml(Scenes.Pendulum);
        Assert.Equal([-1.5, 1.5], model.Field<double>("jnt_range")[..2].ToArray());
        Assert.Equal(2, model.Field<int>("njnt")[0]);
        Assert.Equal(0.002, model.timestep);
        model.Field<double>("opt.gravity")[2] = 0;
        using var data = new MjData(model);
        data.qpos[0] = 1;
        data.Step();
        Assert.Equal(0, data.qvel[0]);
    }

    [Fact]
    public void Field_UnknownOrOfAnotherType_IsRefusedByName()
    {
        using var model = MjModel.FromXml(Scenes.Pendulum);
        Assert.Contains("geom_colour", Assert.Throws<ArgumentException>(() => model.Field<float>("geom_colour").Length).Message);
        Assert.Contains("Single", Assert.Throws<ArgumentException>(() => model.Field<double>("geom_rgba").Length).Message);
    }

    [Fact]
    public void Field_AfterDispose_Throws()
    {
        var model = MjModel.FromXml(Scenes.Pendulum);
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.timestep);
    }
}
