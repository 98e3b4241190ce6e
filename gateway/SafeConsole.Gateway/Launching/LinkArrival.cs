using SafeConsole.Runners;

namespace SafeConsole.Gateway.Launching;

/// <summary>Hands an agent's terminal link from the request that brought it to the boot that waits for it.</summary>
public sealed class LinkArrival
{
    private readonly TaskCompletionSource<RunnerLink> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the link is there.</summary>
    public Task<RunnerLink> Link => arrived.Task;

    /// <summary>Completes when its runner needs the link no more; its request must last until then.</summary>
    public Task Released => released.Task;

    /// <summary>Brings the link; false when the runner has one or is given up.</summary>
    public bool TryArrive(RunnerLink link) => !released.Task.IsCompleted && arrived.TrySetResult(link);

    /// <summary>Drops the link and lets its request end, in this order: a link whose request has ended cannot be dropped any more.</summary>
    public void Release()
    {
        if (arrived.Task.IsCompletedSuccessfully)
            arrived.Task.Result.Dispose();
        released.TrySetResult();
    }
}
