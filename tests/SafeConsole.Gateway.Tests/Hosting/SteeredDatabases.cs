using System.Collections.Concurrent;
using SafeConsole.Gateway.Console;
using SafeConsole.Transcripts;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>Replicas without a database: they prove what a test says.</summary>
public sealed class SteeredDatabases : ISessionDatabases, IDisposable
{
    private readonly ConcurrentDictionary<string, SteeredDatabase> made = [];

    /// <summary>What the next sessions' proof says; null passes.</summary>
    public string? ProofFailure { get; set; }

    /// <summary>What goes wrong with the next sessions before they begin; null is nothing.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The replica of a session.</summary>
    public SteeredDatabase Of(string session) => made[session];

    /// <inheritdoc/>
    public ISessionDatabase Create(string session, string target, Transcript transcript) =>
        Failure is null ? made[session] = new SteeredDatabase(transcript, ProofFailure) : throw Failure;

    /// <inheritdoc/>
    public void Dispose() => made.Clear();
}
