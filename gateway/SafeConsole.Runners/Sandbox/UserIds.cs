namespace SafeConsole.Runners.Sandbox;

/// <summary>Lends each runner a user id of its own, and lends it again only when all others have had their turn.</summary>
internal sealed class UserIds
{
    private readonly Lock gate = new();
    private readonly Queue<int> free;

    public UserIds(int first, int last) => free = new Queue<int>(Enumerable.Range(first, last - first + 1));

    /// <summary>Throws <see cref="RunnerLaunchException"/> when all are in use.</summary>
    public int Take()
    {
        lock (gate)
            return free.TryDequeue(out var id) ? id : throw new RunnerLaunchException("All user ids for runners are in use; end other sessions first, or widen the range of the sandbox options.");
    }

    public void Return(int id)
    {
        lock (gate)
            free.Enqueue(id);
    }
}
