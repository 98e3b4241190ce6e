using System.Collections.Concurrent;
using Amazon.SimpleSystemsManagement;

namespace SafeConsole.Gateway.Secrets;

/// <summary>
/// Secrets of the Parameter Store by reference, `ssm:/path`. A value is kept for a minute, so that a rotated one takes effect soon and many
/// connections cost one call; whoever asks in the meantime waits for the same call. A failure is not kept.
/// </summary>
public sealed class ParameterSecrets(Lazy<IAmazonSimpleSystemsManagement> client, TimeProvider time)
{
    /// <summary>What a reference begins with.</summary>
    public const string Scheme = "ssm:";

    /// <summary>How long a value is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Lazy<Entry>> entries = new(StringComparer.Ordinal);

    /// <summary>The decrypted value. Throws <see cref="GatewayConfigurationException"/>, naming the reference and never the value.</summary>
    public async Task<string> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        var entry = entries.AddOrUpdate(reference, NewEntry, (_, known) => IsUsable(known.Value) ? known : NewEntry(reference));
        return await entry.Value.Reading.WaitAsync(cancellationToken);
    }

    // The call belongs to all who wait for it, so none of them can end it; it has a time-out of its own.
    private Lazy<Entry> NewEntry(string reference) => new(() => new Entry(new ParameterRead(client, reference, time).RunAsync(), time.GetTimestamp()));

    private bool IsUsable(Entry entry) =>
        !entry.Reading.IsCompleted || (entry.Reading.IsCompletedSuccessfully && time.GetElapsedTime(entry.Began) < Kept);

    private sealed record Entry(Task<string> Reading, long Began)
    {
        public override string ToString() => "***";
    }
}
