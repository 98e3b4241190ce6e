namespace SafeConsole.Runners.Docker;

/// <summary>One pull of an image for all who wait for it, each of whom hears of its progress. It is given up when the last of them has left.</summary>
internal sealed class SharedPull
{
    private readonly Lock gate = new();
    private readonly List<(RunnerLog Log, ILaunchProgress Progress)> waiting = [];
    private readonly TaskCompletionSource deserted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<SharedPull, CancellationToken, Task<string?>> pull;
    private Task<string?>? result;
    private string sentence;
    private bool isOver;

    /// <summary><paramref name="pull"/> tells its progress here, and returns why it failed, or null; until it does, <paramref name="sentence"/> is all there is to tell.</summary>
    public SharedPull(string sentence, Func<SharedPull, CancellationToken, Task<string?>> pull) => (this.sentence, this.pull) = (sentence, pull);

    /// <summary>Takes one more who waits, and begins with the first; false when the pull was given up. Whoever joins waits.</summary>
    public bool TryJoin(RunnerLog log, ILaunchProgress progress)
    {
        lock (gate)
        {
            if (isOver)
                return false;
            waiting.Add((log, progress));
            progress.UnderWay(LaunchStage.Pulling, sentence);
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

    /// <summary>A step of the pull, for the logs.</summary>
    public void Tell(string line)
    {
        lock (gate)
            waiting.ForEach(one => one.Log.Add(RunnerLog.Engine, line));
    }

    /// <summary>How far the pull is, for the users who wait, and for those who join.</summary>
    public void UnderWay(string news)
    {
        lock (gate)
        {
            sentence = news;
            waiting.ForEach(one => one.Progress.UnderWay(LaunchStage.Pulling, news));
        }
    }

    private async Task<string?> RunAsync()
    {
        using var abandoned = new CancellationTokenSource();
        var pulling = pull(this, abandoned.Token);
        if (await Task.WhenAny(pulling, deserted.Task) != pulling)
            await abandoned.CancelAsync();
        return await pulling;
    }

    private void Leave(RunnerLog log)
    {
        lock (gate)
        {
            waiting.RemoveAll(one => one.Log == log);
            isOver = waiting.Count == 0;
            if (isOver)
                deserted.TrySetResult();
        }
    }
}
