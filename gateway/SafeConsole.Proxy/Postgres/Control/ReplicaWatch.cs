namespace SafeConsole.Proxy.Postgres.Control;

/// <summary>One that watches a database, from its making to its disposal.</summary>
internal sealed class ReplicaWatch(ReplicaControl control, Action<ReplicaControl> seen, Action<ReplicaWatch> leave) : IDisposable
{
    /// <summary>What is known about the database.</summary>
    public ReplicaControl Control => control;

    /// <summary>Tells the watcher that the server has answered.</summary>
    public void Seen() => seen(control);

    /// <inheritdoc/>
    public void Dispose() => leave(this);
}
