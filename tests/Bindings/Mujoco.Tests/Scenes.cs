namespace Mujoco.Tests;

/// <summary>Small models that several tests use.</summary>
internal static class Scenes
{
    /// <summary>Two hinges about different axes, a site at the tip, a motor each, a keyframe, a sensor.</summary>
    public const string Pendulum = """
        <mujoco>
          <compiler angle='radian'/>
          <worldbody>
            <body name='upper' pos='0 0 1'>
              <joint name='shoulder' axis='0 1 0' range='-1.5 1.5' limited='true'/>
              <geom type='capsule' fromto='0 0 0 0 0 -.4' size='.03'/>
              <body name='lower' pos='0 0 -.4'>
                <joint name='elbow' axis='1 0 0'/>
                <geom type='capsule' fromto='0 0 0 .1 0 -.3' size='.03'/>
                <site name='tip' pos='.1 .05 -.3'/>
              </body>
            </body>
          </worldbody>
          <actuator><motor name='shoulder' joint='shoulder'/><motor name='elbow' joint='elbow'/></actuator>
          <sensor><jointpos name='angle' joint='elbow'/><framepos name='tip' objtype='site' objname='tip'/></sensor>
          <keyframe><key name='bent' qpos='.3 -.6'/></keyframe>
        </mujoco>
        """;

    /// <summary>A box of 1 kg just above a plane.</summary>
    public const string Box = """
        <mujoco>
          <worldbody>
            <geom name='floor' type='plane' size='2 2 .1'/>
            <body name='box' pos='0 0 .1001'><freejoint/><geom name='box' type='box' size='.1 .1 .1' mass='1'/></body>
          </worldbody>
        </mujoco>
        """;

    /// <summary>
    /// A red box, a green ball and a grey floor under plain white ambient light, seen straight from above: every pixel shows the
    /// colour that the model names. A picture of 60×80 shows 2 m in height.
    /// </summary>
    public const string FlatLight = """
        <mujoco>
          <visual><headlight ambient='1 1 1' diffuse='0 0 0' specular='0 0 0'/><map znear='.01'/><quality shadowsize='256'/></visual>
          <default><geom contype='0' conaffinity='0'/></default>
          <worldbody>
            <camera name='above' pos='0 0 10' fovy='11.421186'/>
            <camera name='below' pos='0 0 -1'/>
            <geom name='floor' type='plane' size='5 5 .1' rgba='.4 .4 .4 1'/>
            <body name='box' pos='-.5 .5 .05'><freejoint/><geom name='box' type='box' size='.2 .2 .05' rgba='1 0 0 1'/></body>
            <body name='ball' pos='.5 -.5 .2'><freejoint/><geom name='ball' size='.2' rgba='0 .6 .2 1'/></body>
          </worldbody>
        </mujoco>
        """;
}
