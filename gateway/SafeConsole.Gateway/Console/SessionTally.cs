using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Counts what lists show of a session, from its events alone; so a list can be rebuilt from the transcripts. Thread-safe.</summary>
public sealed class SessionTally
{
    private readonly Lock gate = new();
    private readonly HashSet<int> denied = [];
    private SessionCounts counts;

    /// <summary>The counts up to now.</summary>
    public SessionCounts Counts
    {
        get
        {
            lock (gate)
                return counts;
        }
    }

    /// <summary>Takes an event into account.</summary>
    public void Add(TranscriptEvent happened)
    {
        lock (gate)
        {
            switch (happened)
            {
                case StatementSubmitted:
                    counts = counts with { Statements = counts.Statements + 1 };
                    break;
                case StatementJudged { Verdict: "denied" } judged:
                    denied.Add(judged.Statement);
                    counts = counts with { Denied = counts.Denied + 1 };
                    break;
                case StatementJudged { Verdict: "flagged" }:
                    counts = counts with { Flagged = counts.Flagged + 1 };
                    break;
                case StatementCompleted completed:
                    Complete(completed);
                    break;
            }
        }
    }

    private void Complete(StatementCompleted completed)
    {
        var failed = completed.SqlState is not null && !denied.Contains(completed.Statement);
        counts = counts with { Failed = counts.Failed + (failed ? 1 : 0), Rows = counts.Rows + completed.Rows };
    }
}
