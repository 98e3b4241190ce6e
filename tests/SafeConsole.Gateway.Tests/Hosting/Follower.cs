using System.Text;
using Microsoft.AspNetCore.SignalR.Client;
using SafeConsole.Gateway.Console;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>Follows a session as a page does, and lets tests wait for what happens.</summary>
public sealed class Follower : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly StringBuilder screen = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to follow.</summary>
    public Follower(HubConnection hub, string session, long from, bool acknowledge) => Over = RunAsync(hub, session, from, acknowledge);

    /// <summary>Completes when the stream has ended.</summary>
    public Task Over { get; }

    /// <summary>The lines up to now.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
                return [.. lines];
        }
    }

    /// <summary>The events up to now.</summary>
    public IReadOnlyList<TranscriptEvent> Events => [.. Lines.Where(line => line.Contains("\"prev\":", StringComparison.Ordinal)).Select(line => TranscriptFormat.Parse(Encoding.UTF8.GetBytes(line)).Happened)];

    /// <summary>What was written to the terminal up to now.</summary>
    public string Screen
    {
        get
        {
            lock (gate)
                return screen.ToString();
        }
    }

    /// <summary>The number to follow from next.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>The bytes received up to now.</summary>
    public long Bytes { get; private set; }

    /// <summary>Completes when the terminal shows the text.</summary>
    public Task ShowsAsync(string text) => UntilAsync(() => Screen.Contains(text, StringComparison.Ordinal), () => $"the terminal shows `{text}`; it shows: {Screen}");

    /// <summary>Completes with the first event of the kind.</summary>
    public async Task<T> SeesAsync<T>(Func<T, bool>? which = null)
        where T : TranscriptEvent
    {
        T? Found() => Events.OfType<T>().FirstOrDefault(seen => which?.Invoke(seen) ?? true);
        await UntilAsync(() => Found() is not null, () => $"a {typeof(T).Name}; there is: {string.Join('\n', Lines)}");
        return Found()!;
    }

    /// <summary>Completes with the session's end, which must also end the stream.</summary>
    public async Task<SessionEnded> EndsAsync()
    {
        var ended = await SeesAsync<SessionEnded>();
        await Over.WaitAsync(Patience);
        return ended;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Over.WaitAsync(Patience);
        stop.Dispose();
    }

    private async Task RunAsync(HubConnection hub, string session, long from, bool acknowledge)
    {
        try
        {
            await foreach (var batch in hub.StreamAsync<FollowBatch>("Follow", session, from, stop.Token))
            {
                Take(batch);
                if (acknowledge)
                    await hub.SendAsync("Acknowledge", session, batch.Next - 1, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The test has seen enough.
        }
    }

    private void Take(FollowBatch batch)
    {
        lock (gate)
        {
            foreach (var line in Encoding.UTF8.GetString(batch.Lines).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                lines.Add(line);
                if (line.Contains("\"type\":\"terminal.output\"", StringComparison.Ordinal)
                    && TranscriptFormat.Parse(Encoding.UTF8.GetBytes(line)).Happened is TerminalOutput output)
                    screen.Append(Encoding.UTF8.GetString(output.Data.ToArray()));
            }

            Next = batch.Next;
            Bytes += batch.Lines.Length;
        }

        Signal();
    }

    private void Signal() => Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private async Task UntilAsync(Func<bool> condition, Func<string> what)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            // Asked before, for the last event comes before the end.
            var over = Over.IsCompleted;
            if (condition())
                return;
            if (over)
            {
                await Over;
                throw new TimeoutException($"The stream ended without {what()}");
            }

            try
            {
                await Task.WhenAny(next, Over).WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {what()}");
            }
        }
    }
}
