using SafeConsole.Policies;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy;

/// <summary>A session's transcript as the proxy's parts see it: they append, number statements and count. Thread-safe.</summary>
internal sealed class SessionRecord(Transcript transcript)
{
    private int statements;
    private int denied;
    private int flagged;
    private long rows;
    private long bytes;

    public ProxyTotals Totals => new(
        Volatile.Read(ref statements), Volatile.Read(ref denied), Volatile.Read(ref flagged), Interlocked.Read(ref rows), Interlocked.Read(ref bytes));

    /// <summary>The next statement's number, from 1.</summary>
    public int NextStatement() => Interlocked.Increment(ref statements);

    /// <summary>Appends; the task completes when the event, and so everything appended before it, is durable.</summary>
    public Task Append(TranscriptEvent happened) => transcript.AppendAsync(happened, CancellationToken.None);

    /// <summary>
    /// Appends; the task completes when the event, and so everything before it, is written: what is sent on then is on record even if the gateway dies, and
    /// but for the store's window if the machine does.
    /// </summary>
    public Task Write(TranscriptEvent happened) => transcript.WriteAsync(happened);

    /// <summary>Appends what the next <see cref="Write"/> takes along.</summary>
    public void Enqueue(TranscriptEvent happened) => transcript.Enqueue(happened);

    /// <summary>Counts a verdict.</summary>
    public void Count(VerdictOutcome outcome)
    {
        if (outcome == VerdictOutcome.Denied)
        {
            Interlocked.Increment(ref denied);
        }
        else if (outcome == VerdictOutcome.Flagged)
        {
            Interlocked.Increment(ref flagged);
        }
    }

    /// <summary>Appends a statement's end and counts its results. Nobody waits for it: what it tells has already happened, and a transcript that fails ends the session.</summary>
    public void Complete(StatementCompleted completed)
    {
        Interlocked.Add(ref rows, completed.Rows);
        Interlocked.Add(ref bytes, completed.Bytes);
        transcript.Enqueue(completed);
    }
}
