namespace SafeConsole.Runners.Docker;

/// <summary>One pull of an image for all who wait for it, each of whose logs has its progress. It is given up when the last of them has left.</summary>
internal sealed class SharedPull
{
    private readonly Lock gate = new();
    private readonly List<RunnerLog> logs = [];
    private readonly TaskCompletionSource deserted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Action<string>, CancellationToken, Task<string?>> pull;
    private Task<string?>? result;
    private bool isOver;

    /// <summary><paramref name="pull"/> tells its progress, and returns why it failed, or null.</summary>
    public SharedPull(Func<Action<string>, CancellationToken, Task<string?>> pull) => this.pull = pull;

    /// <summary>Takes one more who waits, and begins with the first; false when the pull was given up. Whoever joins waits.</summary>
    public bool TryJoin(RunnerLog log)
    {
        lock (gate)
        {
            if (isOver)
                return false;
            logs.Add(log);
            result ??= Task.Run(RunAsync);
            return true;
        }
    }

    /// <summary>Why it failed, in the engine's words; null when it did not. Who is cancelled leaves, and the others wait on.</summary>
    public async Task<string?> WaitAsync(RunnerLog log, CancellationToken cancellationToken)
    {
        try
        {
            return await result!.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(log);
        }
    }

    private async Task<string?> RunAsync()
    {
        using var abandoned = new CancellationTokenSource();
        var pulling = pull(Tell, abandoned.Token);
        if (await Task.WhenAny(pulling, deserted.Task) != pulling)
            await abandoned.CancelAsync();
        return await pulling;
    }

    private void Tell(string line)
    {
        lock (gate)
            logs.ForEach(log => log.Add(RunnerLog.Engine, line));
    }

    private void Leave(RunnerLog log)
    {
        lock (gate)
        {
            logs.Remove(log);
            isOver = logs.Count == 0;
            if (isOver)
                deserted.TrySetResult();
        }
    }
}
