namespace Rt1.Simulation;

/// <summary>
/// Solves A·x = e for an A with more columns than rows: x = A⁺e + (I − A⁺A)p with the damped inverse A⁺ = Aᵀ(AAᵀ + λ²I)⁻¹, within
/// bounds on x. Near a singularity the damping trades accuracy for small x (Nakamura and Hanafusa 1986, Wampler 1986).
/// </summary>
internal sealed class DampedLeastSquares(int rows, int columns, double damping)
{
    private readonly double[,] _system = new double[rows, rows];
    private readonly double[] _solution = new double[rows];
    private readonly double[] _x = new double[columns];
    private readonly bool[] _held = new bool[columns];

    /// <summary>A (rows × columns).</summary>
    public double[,] Matrix { get; } = new double[rows, columns];

    /// <summary>e (rows).</summary>
    public double[] Error { get; } = new double[rows];

    /// <summary>p (columns): where x goes as far as A does not see it.</summary>
    public double[] Posture { get; } = new double[columns];

    /// <summary>
    /// The solution. A component that would leave its bounds is held at the bound and the others are solved for again, so that they
    /// make up for it where they can.
    /// </summary>
    public ReadOnlySpan<double> Solve(ReadOnlySpan<double> lowest, ReadOnlySpan<double> highest)
    {
        Array.Clear(_held);
        Array.Clear(_x);
        for (var round = 0; round < columns; round++)
        {
            SolveFree();
            var within = true;
            for (var i = 0; i < columns; i++)
            {
                if (_held[i] || _x[i] >= lowest[i] && _x[i] <= highest[i])
                    continue;
                _x[i] = Math.Clamp(_x[i], lowest[i], highest[i]);
                _held[i] = true;
                within = false;
            }
            if (within)
                break;
        }
        return _x;
    }

    // x = p + A⁺(e − Ap) over the free columns; the held ones count as part of the right side.
    private void SolveFree()
    {
        for (var i = 0; i < columns; i++)
        {
            if (!_held[i])
                _x[i] = Posture[i];
        }
        for (var r = 0; r < rows; r++)
        {
            _solution[r] = Error[r];
            for (var i = 0; i < columns; i++)
                _solution[r] -= Matrix[r, i] * _x[i];
            for (var c = 0; c <= r; c++)
            {
                var sum = r == c ? damping * damping : 0;
                for (var i = 0; i < columns; i++)
                    sum += _held[i] ? 0 : Matrix[r, i] * Matrix[c, i];
                _system[r, c] = sum;
            }
        }
        SolveCholesky();
        for (var i = 0; i < columns; i++)
        {
            for (var r = 0; r < rows && !_held[i]; r++)
                _x[i] += Matrix[r, i] * _solution[r];
        }
    }

    // The system is symmetric and, thanks to the damping, positive definite.
    private void SolveCholesky()
    {
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c <= r; c++)
            {
                for (var k = 0; k < c; k++)
                    _system[r, c] -= _system[r, k] * _system[c, k];
                _system[r, c] = r == c ? Math.Sqrt(_system[r, c]) : _system[r, c] / _system[c, c];
            }
        }
        for (var r = 0; r < rows; r++)
        {
            for (var k = 0; k < r; k++)
                _solution[r] -= _system[r, k] * _solution[k];
            _solution[r] /= _system[r, r];
        }
        for (var r = rows - 1; r >= 0; r--)
        {
            for (var k = r + 1; k < rows; k++)
                _solution[r] -= _system[k, r] * _solution[k];
            _solution[r] /= _system[r, r];
        }
    }
}
