namespace Rt1.Core.Tests;

public sealed class InstructionTextTests
{
    [Theory]
    [InlineData("pick coke can")]
    [InlineData("  Pick   COKE\tcan. ")]
    [InlineData("pick coke can .")]
    public void Normalize_SameInstruction_GivesTheSameText(string instruction) =>
        Assert.Equal("pick coke can", InstructionText.Normalize(instruction));

    [Fact]
    public void Normalize_FullStopInside_IsKept() => Assert.Equal("move 0.5 m", InstructionText.Normalize("Move 0.5 m."));
}
