using SafeConsole.Gateway.Authentication;
using SafeConsole.Policies;
using SafeConsole.Gateway.Launching;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>One session while it lives: who, where, why, and the parts that do its work. <see cref="SessionLife"/> runs it.</summary>
public sealed class ConsoleSession(string id, SessionRequest request, Transcript transcript, SessionTally tally, TimeProvider time) : IDisposable
{
    private readonly long opened = time.GetTimestamp();

    /// <summary>The session's id, a lower-case UUID.</summary>
    public string Id => id;

    /// <summary>Who opened it, with the groups of that moment.</summary>
    public Caller Owner => request.Owner;

    /// <summary>The target as the policy was when the session was opened.</summary>
    public TargetPolicy Target => request.Target;

    /// <summary>The chosen option.</summary>
    public ReplOption Option => request.Option;

    /// <summary>Why the session was opened.</summary>
    public string? Reason => request.Reason;

    /// <summary>The policy revision at the opening.</summary>
    public string PolicyRevision => request.PolicyRevision;

    /// <summary>When it was opened.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>How long it has been open, whatever was done to the clock meanwhile.</summary>
    public TimeSpan Age => time.GetElapsedTime(opened);

    /// <summary>The record; every part appends to this one.</summary>
    public Transcript Transcript => transcript;

    /// <summary>Statements and rows up to now.</summary>
    public SessionCounts Counts => tally.Counts;

    /// <summary>How the session ends.</summary>
    public EndingSignal Ending { get; } = new(time);

    /// <summary>What is appended and not yet seen by the owner.</summary>
    public OwnerLag Lag { get; } = new();

    /// <summary>The secret with which the session's agent opens database connections.</summary>
    public LinkKey Key { get; } = new();

    /// <summary>The terminal, once the REPL was started.</summary>
    public TerminalPump? Terminal { get; set; }

    /// <summary>The terminal's size at opening, or as the owner set it since.</summary>
    public (int Columns, int Rows) Size { get; set; } = (request.Columns, request.Rows);

    /// <summary>The way to the replica, while the session lives.</summary>
    public ISessionDatabase? Database { get; set; }

    /// <summary>The runner, once it was booted or claimed.</summary>
    public BootedRunner? Runner { get; set; }

    /// <summary>What the runner used in the last second; null before it was measured.</summary>
    public RunnerMeasured? Usage { get; set; }

    /// <summary>What it used before, for SREs who look later.</summary>
    public UsageHistory Usages { get; } = new();

    /// <summary>When the session length is over, by the policy in force.</summary>
    public DateTimeOffset EndsAt { get; set; } = time.GetUtcNow() + request.Target.Limits.SessionLength;

    /// <summary>Completes when the session is over, its runner gone and its transcript sealed or given up.</summary>
    public Task Closed { get; set; } = Task.CompletedTask;

    /// <summary>`starting` until the REPL was started, then `running`; `ended` as soon as something ended it.</summary>
    public string State => Ending.Now is not null ? "ended" : Terminal is null ? "starting" : "running";

    /// <summary>Carries a database connection until it is over. That it went away with its session or its client is no failure; both are on record elsewhere.</summary>
    public async Task CarryAsync(Func<CancellationToken, Task> relay)
    {
        try
        {
            await relay(Ending.Token);
        }
        catch (Exception gone) when (Ending.Ended.IsCompleted || gone is IOException or OperationCanceledException or TranscriptFailedException)
        {
            // As said.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Ending.Dispose();
        Terminal?.Dispose();
        Lag.Dispose();
    }
}
