namespace SafeConsole.Runners;

/// <summary>
/// Lends each runner a user id of its own, and lends it again only when all others have had their turn. Launchers whose runners live on one host
/// share one. It begins anywhere in the range: runners of an earlier life of the gateway may still be ending. Thread-safe.
/// </summary>
public sealed class UserIds
{
    private readonly Lock gate = new();
    private readonly Queue<int> free;

    /// <summary>None of the ids from the first to the last may belong to anybody.</summary>
    public UserIds(int first, int last)
    {
        var count = last - first + 1;
        var start = Random.Shared.Next(count);
        free = new Queue<int>(Enumerable.Range(0, count).Select(index => first + ((start + index) % count)));
    }

    /// <summary>Throws <see cref="RunnerLaunchException"/> when all are in use.</summary>
    public int Take()
    {
        lock (gate)
            return free.TryDequeue(out var id) ? id : throw new RunnerLaunchException("All user ids for runners are in use; end other sessions first, or widen the range of user ids.");
    }

    /// <summary>Nothing runs as this user any more.</summary>
    public void Return(int id)
    {
        lock (gate)
            free.Enqueue(id);
    }
}
