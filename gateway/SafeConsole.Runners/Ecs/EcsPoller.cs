using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Ecs;

/// <summary>Looks at all of a gateway's tasks together, a hundred with each call: ECS limits how often it may be asked.</summary>
internal sealed class EcsPoller(EcsCalls calls, EcsPollPace pace, TimeProvider time, ILogger log) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, EcsWatch> watches = [];
    private readonly CancellationTokenSource stopping = new();
    private TaskCompletionSource hurry = NewSignal();
    private System.Threading.Tasks.Task polling = System.Threading.Tasks.Task.CompletedTask;
    private int failures;

    /// <summary>Looks at a task from now on.</summary>
    public EcsWatch Watch(string arn)
    {
        var watch = new EcsWatch(arn);
        lock (gate)
        {
            watches[arn] = watch;
            if (polling.IsCompleted)
                polling = System.Threading.Tasks.Task.Run(PollAsync);
        }
        Hurry();
        return watch;
    }

    /// <summary>Looks sooner: a task is about to change.</summary>
    public void Hurry() => Volatile.Read(ref hurry).TrySetResult();

    /// <summary>Ends every watch.</summary>
    public void Dispose()
    {
        stopping.Cancel();
        foreach (var watch in Current())
            Forget(watch, null);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async System.Threading.Tasks.Task PollAsync()
    {
        try
        {
            while (TakeOrEnd() is { Length: > 0 } all)
            {
                foreach (var batch in all.Chunk(EcsCalls.LargestBatch))
                    await LookAsync(batch);
                await WaitAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The gateway is being stopped.
        }
    }

    private async System.Threading.Tasks.Task LookAsync(EcsWatch[] batch)
    {
        try
        {
            var answer = await calls.LookAsync(batch.Select(watch => watch.Arn), stopping.Token);
            failures = 0;
            var tasks = (answer.Tasks ?? []).ToDictionary(task => task.TaskArn ?? "");
            foreach (var watch in batch)
                Tell(watch, tasks.GetValueOrDefault(watch.Arn));
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // Whatever it is, the next look may succeed, and no session ends because ECS could not be asked.
            failures++;
            var sentence = EcsFailures.Sentence(failure);
            log.TasksNotSeen(batch.Length, failures, sentence);
            foreach (var watch in batch)
                watch.Trouble = sentence;
        }
    }

    private void Tell(EcsWatch watch, Amazon.ECS.Model.Task? task)
    {
        if (task is null ? watch.WasMissing() : watch.Saw(task))
            Forget(watch, task);
    }

    private async System.Threading.Tasks.Task WaitAsync()
    {
        var changing = Current().Any(watch => watch.IsChanging);
        var wait = System.Threading.Tasks.Task.Delay(pace.Next(changing, failures), time, stopping.Token);
        // While ECS refuses to be asked, nobody's hurry counts.
        await (failures > 0 || changing ? wait : System.Threading.Tasks.Task.WhenAny(wait, Volatile.Read(ref hurry).Task));
        stopping.Token.ThrowIfCancellationRequested();
        Volatile.Write(ref hurry, NewSignal());
    }

    private EcsWatch[] TakeOrEnd()
    {
        lock (gate)
        {
            // Whoever comes after this sees that it has ended, and begins anew.
            if (watches.Count == 0)
                polling = System.Threading.Tasks.Task.CompletedTask;
            return [.. watches.Values];
        }
    }

    private EcsWatch[] Current()
    {
        lock (gate)
            return [.. watches.Values];
    }

    private void Forget(EcsWatch watch, Amazon.ECS.Model.Task? last)
    {
        lock (gate)
            watches.Remove(watch.Arn);
        watch.End(last);
    }
}
