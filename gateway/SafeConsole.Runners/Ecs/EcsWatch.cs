using System.Threading.Channels;

namespace SafeConsole.Runners.Ecs;

/// <summary>One task that the poller looks at, until its containers have ended or it is lost.</summary>
internal sealed class EcsWatch(string arn)
{
    // ECS is eventually consistent: a task that was just started may be unknown for a moment.
    private const int LooksUntilANewOneIsLost = 10;
    private const int LooksUntilAKnownOneIsLost = 3;

    private readonly Channel<Amazon.ECS.Model.Task> states =
        Channel.CreateBounded<Amazon.ECS.Model.Task>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly TaskCompletionSource<Amazon.ECS.Model.Task?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int missing;
    private bool wasSeen;

    public string Arn => arn;

    /// <summary>The newest state, whenever there is one that was not read; ends when the task has.</summary>
    public ChannelReader<Amazon.ECS.Model.Task> States => states.Reader;

    /// <summary>The state in which its containers have ended; null when ECS knows it no more.</summary>
    public System.Threading.Tasks.Task<Amazon.ECS.Model.Task?> Ended => ended.Task;

    /// <summary>It is being started or stopped, so that somebody waits for its next state.</summary>
    public bool IsChanging { get; set; } = true;

    /// <summary>Why the last look failed; null when it did not.</summary>
    public string? Trouble { get; set; }

    /// <summary>Takes a state. True when there is nothing more to see.</summary>
    public bool Saw(Amazon.ECS.Model.Task task)
    {
        (wasSeen, missing, Trouble) = (true, 0, null);
        states.Writer.TryWrite(task);
        // What follows is the network interface's removal.
        return task.LastStatus is "DEPROVISIONING" or "STOPPED" or "DELETED" && End(task);
    }

    /// <summary>ECS does not know the task. True when that is believed.</summary>
    public bool WasMissing() => ++missing >= (wasSeen ? LooksUntilAKnownOneIsLost : LooksUntilANewOneIsLost) && End(null);

    /// <summary>Nobody looks any more.</summary>
    public bool End(Amazon.ECS.Model.Task? last)
    {
        ended.TrySetResult(last);
        states.Writer.TryComplete();
        return true;
    }
}
