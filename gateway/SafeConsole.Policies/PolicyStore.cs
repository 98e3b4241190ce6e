using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Policies.Loading;

namespace SafeConsole.Policies;

/// <summary>
/// Holds the policies in force. A reload swaps in the whole new snapshot or, where anything is wrong, leaves the last good one in force and says so in
/// <see cref="LastFailure"/>. Safe for any number of threads.
/// </summary>
public sealed class PolicyStore : IDisposable
{
    private readonly SemaphoreSlim reloading = new(1);
    private readonly TimeProvider time;
    private readonly ILogger log;
    private volatile PolicySnapshot current;
    private volatile PolicyFailure? lastFailure;

    private PolicyStore(string folder, PolicySnapshot first, TimeProvider time, ILogger log)
    {
        Folder = folder;
        this.time = time;
        this.log = log;
        current = first;
        PolicyLog.InForce(log, first.Revision, first.Targets.Count);
    }

    /// <summary>One snapshot took another's place. Called after the swap, one change at a time; a handler that throws is logged and does not stop the others.</summary>
    public event Action<PolicyChange>? Changed;

    /// <summary>The absolute path of the policy folder.</summary>
    public string Folder { get; }

    /// <summary>The policies in force. Keep the reference for one decision, and ask again for the next.</summary>
    public PolicySnapshot Current => current;

    /// <summary>Why the folder's newest content is not in force; null while it is.</summary>
    public PolicyFailure? LastFailure => lastFailure;

    /// <summary>The revision of the content that was looked at last, valid or not.</summary>
    internal string SeenRevision => lastFailure?.Revision ?? current.Revision;

    /// <summary>Reads the folder. Throws <see cref="PolicyInvalidException"/> with every problem in it if it cannot be used.</summary>
    public static async Task<PolicyStore> OpenAsync(string folder, TimeProvider? time = null, ILogger<PolicyStore>? log = null, CancellationToken cancellationToken = default)
    {
        string path = Path.GetFullPath(folder);
        time ??= TimeProvider.System;
        PolicyFolderContent content = await Task.Run(() => PolicyFolder.Read(path), cancellationToken).ConfigureAwait(false);
        (PolicySnapshot? snapshot, var problems) = PolicyLoader.Load(content, time.GetUtcNow());
        return snapshot is null ? throw new PolicyInvalidException(problems) : new PolicyStore(path, snapshot, time, log ?? NullLogger<PolicyStore>.Instance);
    }

    /// <summary>Reads the folder again. Returns null if its content is in force now, else what is wrong with it.</summary>
    public async Task<PolicyFailure?> ReloadAsync(CancellationToken cancellationToken = default)
    {
        PolicyFolderContent content = await Task.Run(() => PolicyFolder.Read(Folder), cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(content, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => reloading.Dispose();

    /// <summary>Puts content that was read already in force, if it is good.</summary>
    internal async Task<PolicyFailure?> ApplyAsync(PolicyFolderContent content, CancellationToken cancellationToken)
    {
        await reloading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            (PolicySnapshot? snapshot, var problems) = PolicyLoader.Load(content, time.GetUtcNow());
            if (snapshot is null)
            {
                lastFailure = new PolicyFailure(time.GetUtcNow(), content.Revision, problems);
                PolicyLog.Invalid(log, content.Revision, current.Revision, string.Join("; ", problems));
                return lastFailure;
            }

            PolicySnapshot old = current;
            if (snapshot.Revision != old.Revision)
            {
                current = snapshot;
                PolicyLog.InForce(log, snapshot.Revision, snapshot.Targets.Count);
                Notify(new PolicyChange(old, snapshot));
            }

            lastFailure = null;
            return null;
        }
        finally
        {
            reloading.Release();
        }
    }

    private void Notify(PolicyChange change)
    {
        foreach (Action<PolicyChange> handler in (Changed?.GetInvocationList() ?? []).Cast<Action<PolicyChange>>())
        {
            try
            {
                handler(change);
            }
#pragma warning disable CA1031 // one subscriber must not keep a narrower policy from the others
            catch (Exception failure)
#pragma warning restore CA1031
            {
                PolicyLog.SubscriberFailed(log, failure);
            }
        }
    }
}
