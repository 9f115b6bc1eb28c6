namespace Rt1.Training.Tests;

public class ScheduleTests
{
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(4, 0.5)]
    [InlineData(10, 1)]
    public void LearningRate_WarmUp_RisesLinearly(long step, double share) =>
        Assert.Equal(2 * share, new Schedule(new ScheduleConfig { Steps = 1000, WarmUpSteps = 10 }, 2).LearningRate(step, 0.5), 1e-12);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.51)]
    [InlineData(1, 0.02)]
    public void LearningRate_Cosine_FallsToTheFinalShare(double progress, double share) =>
        Assert.Equal(share, new Schedule(new ScheduleConfig { Steps = 10, Decay = DecayKind.Cosine }, 1).LearningRate(500, progress), 1e-12);

    [Fact]
    public void Progress_StepsAndClock_TakesTheFurther()
    {
        var schedule = new Schedule(new ScheduleConfig { Steps = 100, MaxMinutes = 10 }, 1);

        Assert.Equal(0.4, schedule.Progress(40, TimeSpan.FromMinutes(1)));
        Assert.Equal(0.9, schedule.Progress(40, TimeSpan.FromMinutes(9)));
        Assert.Equal(1, schedule.Progress(40, TimeSpan.FromMinutes(11)));
    }
}
