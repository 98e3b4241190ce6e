namespace SafeConsole.Runners;

/// <summary>The last lines about a runner, from its agent and its engine. Bounded: the oldest go first. Thread-safe.</summary>
public sealed class RunnerLog(TimeProvider time)
{
    /// <summary>The lines that are kept.</summary>
    public const int Kept = 1000;

    /// <summary>The source of the agent's lines.</summary>
    public const string Agent = "agent";

    /// <summary>The source of the engine's lines.</summary>
    public const string Engine = "engine";

    /// <summary>How the agent's lines begin that tell of no failure.</summary>
    public const string Information = "agent: ";

    private const int LongestLine = 2000;
    private const int MostCharacters = 256 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<RunnerLogLine> lines = [];
    private long count;
    private int characters;
    private bool complete;
    private TaskCompletionSource changed = NewChange();

    /// <summary>The newest line that tells of a failure, for what goes well the agent begins with <see cref="Information"/>; null while there is none.</summary>
    public string? LastFailure
    {
        get
        {
            lock (gate)
                return lines.LastOrDefault(line => line.Source == Agent && !line.Text.StartsWith(Information, StringComparison.Ordinal))?.Text;
        }
    }

    /// <summary>Adds a line, cut at 2,000 characters; a blank one is left out.</summary>
    public void Add(string source, string text)
    {
        var clean = string.Concat(text.Take(LongestLine).Where(character => !char.IsControl(character))).Trim();
        if (clean.Length == 0)
            return;
        lock (gate)
        {
            lines.Enqueue(new RunnerLogLine(time.GetUtcNow(), source, clean));
            count++;
            characters += clean.Length;
            while (lines.Count > Kept || characters > MostCharacters)
                characters -= lines.Dequeue().Text.Length;
            Tell();
        }
    }

    /// <summary>Nothing more comes. May be called twice.</summary>
    public void Complete()
    {
        lock (gate)
        {
            complete = true;
            Tell();
        }
    }

    /// <summary>The kept lines, then those that come, in batches; ends when the log is complete.</summary>
    public async IAsyncEnumerable<IReadOnlyList<RunnerLogLine>> FollowAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var seen = 0L; ;)
        {
            var (batch, total, next, ended) = Read(seen);
            seen = total;
            if (batch.Length > 0)
                yield return batch;
            else if (ended)
                yield break;
            else
                await next.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private (RunnerLogLine[] Batch, long Total, Task Next, bool Ended) Read(long seen)
    {
        lock (gate)
            return ([.. lines.Skip(lines.Count - (int)Math.Min(count - seen, lines.Count))], count, changed.Task, complete);
    }

    private void Tell()
    {
        changed.TrySetResult();
        changed = NewChange();
    }
}
