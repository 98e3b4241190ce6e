using System.Text;
using Microsoft.AspNetCore.SignalR.Client;

namespace SafeConsole.Scripting;

/// <summary>A session that this script opened: types into it, and reads what its transcript says.</summary>
public sealed class OpenedSession : IAsyncDisposable
{
    private readonly HubConnection hub;
    private readonly CancellationTokenSource leaving = new();
    private readonly Lock gate = new();
    private readonly List<TranscriptEntry> entries = [];
    private readonly StringBuilder screen = new();
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly Task following;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal OpenedSession(string id, HubConnection hub)
    {
        Id = id;
        this.hub = hub;
        following = FollowAsync();
    }

    /// <summary>The session's id.</summary>
    public string Id { get; }

    /// <summary>Everything that the terminal was sent so far, escape sequences included.</summary>
    public string Screen
    {
        get
        {
            lock (gate)
            {
                return screen.ToString();
            }
        }
    }

    /// <summary>The events so far.</summary>
    public IReadOnlyList<TranscriptEntry> Entries
    {
        get
        {
            lock (gate)
            {
                return [.. entries];
            }
        }
    }

    /// <summary>Bytes of terminal output so far.</summary>
    public long OutputBytes { get; private set; }

    /// <summary>Sends text as typed; a carriage return is the Enter key. Returns when it is on record and sent.</summary>
    public Task TypeAsync(string text) => hub.InvokeAsync("Input", Id, Encoding.UTF8.GetBytes(text), leaving.Token);

    /// <summary>Types a line and waits until <paramref name="expected"/> appears in what the terminal shows after it.</summary>
    public async Task<string> AskAsync(string line, string expected, TimeSpan? within = null)
    {
        var from = Screen.Length;
        await TypeAsync(line + "\r");
        return await ShowsAsync(expected, from, within);
    }

    /// <summary>Waits until the terminal was sent <paramref name="expected"/> at or after <paramref name="from"/>; returns all from there.</summary>
    public async Task<string> ShowsAsync(string expected, int from = 0, TimeSpan? within = null)
    {
        await UntilAsync(() => Screen.IndexOf(expected, Math.Min(from, Screen.Length), StringComparison.Ordinal) >= 0, $"the terminal shows «{expected}»", within);
        return Screen[from..];
    }

    /// <summary>Waits for the first event of a type that <paramref name="which"/> accepts.</summary>
    public async Task<TranscriptEntry> RecordsAsync(string type, Func<TranscriptEntry, bool>? which = null, TimeSpan? within = null)
    {
        TranscriptEntry? Find() => Entries.FirstOrDefault(entry => entry.Type == type && (which is null || which(entry)));
        await UntilAsync(() => Find() is not null, $"the transcript holds {type}", within);
        return Find()!;
    }

    /// <summary>Waits until the terminal was sent this many bytes in all.</summary>
    public Task OutputReachesAsync(long bytes, TimeSpan within) => UntilAsync(() => OutputBytes >= bytes, $"{bytes} bytes of output", within);

    /// <summary>Asks the gateway to end the session.</summary>
    public Task EndAsync() => hub.InvokeAsync("End", Id, leaving.Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!following.IsCompleted && Entries.All(entry => entry.Type != "session.ended"))
        {
            await EndAsync();
            await RecordsAsync("session.ended");
        }
        await leaving.CancelAsync();
        await following.ContinueWith(_ => { }, TaskScheduler.Default);
        leaving.Dispose();
    }

    private async Task UntilAsync(Func<bool> holds, string what, TimeSpan? within)
    {
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(20));
        while (true)
        {
            Task next;
            lock (gate)
            {
                next = changed.Task;
            }
            // Asked before, for the last event comes before the end.
            var over = following.IsCompleted || deadline.IsCancellationRequested;
            if (holds())
            {
                return;
            }
            if (over)
            {
                throw new TimeoutException($"It did not happen that {what}. The last of the terminal: «{Tail()}». The last events: {LastEvents()}", following.Exception);
            }
            await Task.WhenAny(next, following, Task.Delay(Timeout.Infinite, deadline.Token));
        }
    }

    private string Tail() => Screen is { Length: > 600 } text ? text[^600..] : Screen;

    private string LastEvents() => string.Join('\n', Entries.TakeLast(8).Select(entry => entry.Body.GetRawText()));

    private async Task FollowAsync()
    {
        await foreach (var batch in hub.StreamAsync<FollowBatch>("Follow", Id, 1L, leaving.Token))
        {
            Take(batch);
            await hub.SendAsync("Acknowledge", Id, batch.Next - 1, leaving.Token);
        }
    }

    private void Take(FollowBatch batch)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            foreach (var range in batch.Lines.AsSpan().Split((byte)'\n'))
            {
                if (range.Start.Equals(range.End))
                {
                    continue;
                }
                var entry = TranscriptEntry.Parse(batch.Lines.AsMemory(range));
                entries.Add(entry);
                var output = entry.TerminalOutput();
                OutputBytes += output.Length;
                var characters = new char[decoder.GetCharCount(output, flush: false)];
                screen.Append(characters, 0, decoder.GetChars(output, characters, flush: false));
            }
            before = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        before.SetResult();
    }
}
