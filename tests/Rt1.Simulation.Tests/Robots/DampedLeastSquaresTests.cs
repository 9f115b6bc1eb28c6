namespace Rt1.Simulation.Tests;

public class DampedLeastSquaresTests
{
    private static readonly double[] Wide = [100, 100, 100], Low = [-100, -100, -100];

    [Fact]
    public void Solve_FullRank_MeetsTheErrorWithTheSmallestStep()
    {
        var solver = Solver();
        Assert.Equal([1, 1, 2], solver.Solve(Low, Wide).ToArray(), Near);
    }

    [Fact]
    public void Solve_Posture_MovesOnlyWhatTheErrorDoesNotSee()
    {
        var solver = Solver();
        solver.Posture[0] = 1;
        Assert.Equal([1.5, 0.5, 2], solver.Solve(Low, Wide).ToArray(), Near);
    }

    [Fact]
    public void Solve_ComponentAtItsBound_IsMadeUpForByTheOthers()
    {
        var solver = Solver();
        Assert.Equal([0.25, 1.75, 2], solver.Solve(Low, [0.25, 100, 100]).ToArray(), Near);
    }

    [Fact]
    public void Solve_Singular_StaysFinite()
    {
        var solver = Solver();
        solver.Matrix[1, 2] = 0;
        Assert.Equal([1, 1, 0], solver.Solve(Low, Wide).ToArray(), Near);
    }

    // x0 + x1 = 2, x2 = 2.
    private static DampedLeastSquares Solver()
    {
        var solver = new DampedLeastSquares(2, 3, 1e-5);
        (solver.Matrix[0, 0], solver.Matrix[0, 1], solver.Matrix[1, 2]) = (1, 1, 1);
        (solver.Error[0], solver.Error[1]) = (2, 2);
        return solver;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-6;
}
