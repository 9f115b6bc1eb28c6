using System.Collections;
using Rt1.Bindings.Zmq;

namespace NetMQ;

/// <summary>
/// Waits on sockets, queues and timers and raises their events, all on one thread: the owner of everything added to it. Other threads
/// hand work over with <see cref="Run(Action)"/> or by starting tasks on it. Sockets that are disposed drop out by themselves.
/// </summary>
public sealed class NetMQPoller : TaskScheduler, IEnumerable, IDisposable
{
    private readonly NetMQQueue<Task> _tasks = new();
    private readonly List<ISocketPollable> _members = [];
    private readonly List<NetMQTimer> _timers = [];
    private readonly ManualResetEventSlim _idle = new(true);
    private readonly SocketPoll _poll = new();
    private Thread? _thread;
    private volatile bool _stopping;

    public NetMQPoller()
    {
        _tasks.ReceiveReady += (_, _) => RunQueuedTasks();
        _members.Add(_tasks);
    }

    public bool IsRunning => !_idle.IsSet;

    public bool IsDisposed { get; private set; }

    /// <summary>Whether the caller is on the poller's thread, or the poller is not running.</summary>
    public bool CanExecuteTaskInline => !IsRunning || Thread.CurrentThread == _thread;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs the action on the poller's thread: at once if the caller is on it or it is not running, otherwise soon.</summary>
    public void Run(Action action)
    {
        if (CanExecuteTaskInline)
            action();
        else
            new Task(action).Start(this);
    }

    public void Add(ISocketPollable socket) => Run(() =>
    {
        if (!_members.Contains(socket))
            _members.Add(socket);
    });

    public void Add(NetMQTimer timer) => Run(() => _timers.Add(timer));

    public void Remove(ISocketPollable socket) => Run(() => _members.Remove(socket));

    public void Remove(NetMQTimer timer) => Run(() => _timers.Remove(timer));

    /// <summary>Removes and disposes on the poller's thread, where no call is in progress.</summary>
    public void RemoveAndDispose<T>(T socket) where T : ISocketPollable, IDisposable => Run(() =>
    {
        _members.Remove(socket);
        socket.Dispose();
    });

    /// <summary>Runs on a thread of its own; returns once it does.</summary>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    public void RunAsync() => RunAsync("NetMQPollerThread");

    public void RunAsync(string threadName) => RunAsync(threadName, true);

    public void RunAsync(string threadName, bool isBackgroundThread)
    {
        Begin();
        _thread = new Thread(Loop) { Name = threadName, IsBackground = isBackgroundThread };
        _thread.Start();
    }

    /// <summary>Runs on the calling thread until <see cref="Stop"/>.</summary>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    public void Run()
    {
        Begin();
        _thread = Thread.CurrentThread;
        Loop();
    }

    /// <summary>Ends the loop; waits until it has ended, unless called on its own thread.</summary>
    public void Stop()
    {
        StopAsync();
        if (Thread.CurrentThread != _thread)
            _idle.Wait();
    }

    /// <summary>Asks the loop to end, and returns.</summary>
    public void StopAsync()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        _stopping = true;
        if (!CanExecuteTaskInline)
            Wake();
    }

    /// <summary>Stops; the sockets stay open.</summary>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        Stop();
        IsDisposed = true;
        _members.Clear();
        _tasks.Dispose();
    }

    IEnumerator IEnumerable.GetEnumerator() => _members.Where(m => m != _tasks).GetEnumerator();

    protected override void QueueTask(Task task) => _tasks.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Thread.CurrentThread == _thread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (IsRunning)
            throw new InvalidOperationException("NetMQPoller is already running");
        _stopping = false;
        _idle.Reset();
    }

    private void Loop()
    {
        try
        {
            while (!_stopping)
            {
                _members.RemoveAll(m => m.IsDisposed);
                foreach (var (member, ready) in _poll.Wait(_members, TimeToNextTimer()))
                {
                    if (!_stopping && !member.IsDisposed && _members.Contains(member))
                        member.Socket.Raise(ready);
                }
                for (var i = 0; i < _timers.Count && !_stopping; i++)
                    _timers[i].RaiseIfDue(this, Environment.TickCount64);
            }
        }
        catch (Exception e) when (IsCleanup(e))
        {
            // There is nothing left to watch.
        }
        finally
        {
            _thread = null;
            _idle.Set();
        }
    }

    private void Wake()
    {
        try
        {
            _tasks.Enqueue(Task.CompletedTask);
        }
        catch (Exception e) when (IsCleanup(e))
        {
            // The loop ends by itself.
        }
    }

    /// <summary>Whether the exception comes of <see cref="NetMQConfig.Cleanup"/>, which closes sockets under their users.</summary>
    private bool IsCleanup(Exception e) => e is TerminatingException || (e is ObjectDisposedException && !IsDisposed && _tasks.IsClosedByCleanup);

    private void RunQueuedTasks()
    {
        while (_tasks.TryDequeue(out var task, TimeSpan.Zero))
        {
            if (!task.IsCompleted)
                TryExecuteTask(task);
        }
    }

    private nint TimeToNextTimer()
    {
        var now = Environment.TickCount64;
        return (nint)(_timers.Min(timer => timer.DueIn(now)) ?? -1);
    }
}
