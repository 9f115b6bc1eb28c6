namespace TorchSharp;

/// <summary>The dispose scopes of one thread, innermost last, and counts of what became of its tensors.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? t_current;

    private readonly Stack<DisposeScope> _scopes = new();

    /// <summary>What happened to the tensors of the current thread since it started (or since the last reset).</summary>
    public static ThreadDisposeScopeStatistics Statistics => Current.ThreadStatistics;

    internal static DisposeScopeManager Current => t_current ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics ThreadStatistics { get; } = new();

    internal LifetimeStatistics Tensors => ThreadStatistics.TensorStatistics;

    internal DisposeScope? Innermost => _scopes.TryPeek(out var scope) ? scope : null;

    internal DisposeScope Open()
    {
        var scope = new DisposeScope(this, Innermost);
        _scopes.Push(scope);
        return scope;
    }

    internal void Close(DisposeScope scope)
    {
        if (_scopes.TryPeek(out var innermost) && ReferenceEquals(innermost, scope))
            _scopes.Pop();
    }

    /// <summary>Puts a new tensor into the innermost scope of the thread and returns that scope.</summary>
    internal static DisposeScope? Register(torch.Tensor tensor)
    {
        var manager = Current;
        var scope = manager.Innermost;
        if (scope is null)
        {
            manager.Tensors.CreatedOutsideScopeCount++;
            return null;
        }
        manager.Tensors.CreatedInScopeCount++;
        scope.Include(tensor);
        return scope;
    }
}
