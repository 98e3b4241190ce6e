using System.Collections.Concurrent;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Support;

/// <summary>A transcript in memory. It can be told to fail, or to hold every append back until it is released.</summary>
internal sealed class RecordedTranscript : Transcript
{
    private readonly ConcurrentQueue<TranscriptEvent> events = new();
    private readonly TaskCompletionSource<Exception> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? held;

    public override string Session => "6a2f0c1e-0000-4000-8000-000000000001";

    public override long DurableCount => events.Count;

    public override Task<Exception> Failed => failed.Task;

    public IReadOnlyList<TranscriptEvent> Events => [.. events];

    public IEnumerable<T> Of<T>()
        where T : TranscriptEvent => events.OfType<T>();

    /// <summary>Makes every later append fail.</summary>
    public void Fail() => failed.TrySetResult(new IOException("disk full"));

    /// <summary>Makes appends take effect but complete only after <see cref="Release"/>.</summary>
    public void Hold() => held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        TaskCompletionSource? waiting = held;
        held = null;
        waiting?.TrySetResult();
    }

    public override Task<long> AppendAsync(TranscriptEvent happened, CancellationToken cancellationToken)
    {
        if (failed.Task.IsCompleted)
        {
            return Task.FromException<long>(new TranscriptFailedException("The transcript cannot be written.", failed.Task.Result));
        }

        events.Enqueue(happened);
        return held is { } waiting ? waiting.Task.ContinueWith(_ => (long)events.Count, TaskScheduler.Default) : Task.FromResult((long)events.Count);
    }

    public override Task<bool> WaitBeyondAsync(long number, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SealAsync(SessionEnded ended, CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
