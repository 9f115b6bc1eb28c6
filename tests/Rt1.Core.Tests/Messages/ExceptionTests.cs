namespace Rt1.Core.Tests;

public sealed class ExceptionTests
{
    [Theory]
    [InlineData("", "The instruction is empty; type what the robot should do, for example 'pick up the red can'.")]
    [InlineData("dance", "The instruction 'dance' is not one that this policy knows; nearest are 'wave', 'dash'.")]
    public void UnknownInstruction_Message_SaysWhatToDo(string instruction, string message)
    {
        var refusal = new UnknownInstructionException(instruction, ["wave", "dash"]);

        Assert.Equal(message, refusal.Message);
        Assert.Equal(instruction, refusal.Instruction);
        Assert.Equal(["wave", "dash"], refusal.Nearest);
    }

    [Fact]
    public void FrameShape_Message_SaysBothSizes()
    {
        var fault = new FrameShapeException("policy 'rt1'", 256, 320, 480, 640);

        Assert.StartsWith("policy 'rt1': expected frames of 256×320 (height × width), got 480×640;", fault.Message);
        Assert.Equal(((256, 320), (480, 640)), (fault.Expected, fault.Got));
    }
}
