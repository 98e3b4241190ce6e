using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Fuzzing;

/// <summary>A transcript that keeps nothing, for runs of any length.</summary>
internal sealed class ForgetfulTranscript : Transcript
{
    private readonly Task<Exception> never = new TaskCompletionSource<Exception>().Task;
    private long count;

    public override string Session => "6a2f0c1e-0000-4000-8000-000000000002";

    public override long DurableCount => count;

    public override long DurableBytes => 0;

    public override Task<Exception> Failed => never;

    public override Task<long> AppendAsync(TranscriptEvent happened, CancellationToken cancellationToken) => Task.FromResult(Interlocked.Increment(ref count));

    public override Task<bool> WaitBeyondAsync(long number, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SealAsync(SessionEnded ended, CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
