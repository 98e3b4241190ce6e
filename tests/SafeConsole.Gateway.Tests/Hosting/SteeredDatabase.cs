using System.Net.Sockets;
using SafeConsole.Gateway.Console;
using SafeConsole.Proxy;
using SafeConsole.Proxy.Threads;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>One session's replica, steered by a test. A connection to it echoes.</summary>
public sealed class SteeredDatabase(Transcript transcript, string? proofFailure) : ISessionDatabase
{
    private readonly TaskCompletionSource<string> tripped = new();

    /// <inheritdoc/>
    public bool IsBusy { get; set; }

    /// <inheritdoc/>
    public Task<string> Tripped => tripped.Task;

    /// <summary>The session's transcript.</summary>
    public Transcript Transcript => transcript;

    /// <summary>The replica is safe no more.</summary>
    public void Trip(string sentence) => tripped.SetResult(sentence);

    /// <inheritdoc/>
    public async Task<PinProof> ProveAsync(CancellationToken cancellationToken)
    {
        var check = new ReplicaCheck("standby", proofFailure is null, false, proofFailure ?? "in recovery");
        await transcript.AppendAsync(new ReplicaProven(0, check.Passed, [check]), cancellationToken);
        return new PinProof(check.Passed, [check], proofFailure ?? "The database passed the check.");
    }

    /// <inheritdoc/>
    public Task RelayAsync(Stream client, CancellationToken cancellationToken) => client.CopyToAsync(client, cancellationToken);

    /// <inheritdoc/>
    public Task RelayAsync(Socket client, RelayThreadPair threads, CancellationToken cancellationToken) => RelayAsync(new NetworkStream(client), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
