using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>The real store on a disk that becomes full when a test says so.</summary>
public sealed class FailingTranscripts(ITranscriptStore inner) : ITranscriptStore
{
    private int open;

    /// <summary>What happens before a transcript is created.</summary>
    public Func<Task> BeforeCreate { get; set; } = () => Task.CompletedTask;

    /// <summary>From now on nothing can be written.</summary>
    public bool FailNow { get; set; }

    /// <summary>A transcript can be created, and nothing can be written to it.</summary>
    public bool FailAppends { get; set; }

    /// <summary>Transcripts that were created and are not disposed of.</summary>
    public int Open => open;

    /// <summary>The end of a session cannot be written.</summary>
    public bool FailSeal { get; set; }

    /// <summary>Puts it before the gateway's store.</summary>
    public static void Add(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(ITranscriptStore)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<ITranscriptStore>(provider => new FailingTranscripts((ITranscriptStore)real(provider))));
    }

    /// <summary>A gateway's.</summary>
    public static FailingTranscripts Of(TestGateway gateway) => (FailingTranscripts)gateway.Services.GetRequiredService<ITranscriptStore>();

    /// <inheritdoc/>
    public async Task<Transcript> CreateAsync(string session, CancellationToken cancellationToken)
    {
        await BeforeCreate();
        if (FailNow)
            throw Full();
        var created = await inner.CreateAsync(session, cancellationToken);
        Interlocked.Increment(ref open);
        return new Failing(this, created);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TranscriptLine> ReadAsync(string session, long fromNumber, bool follow, CancellationToken cancellationToken) =>
        inner.ReadAsync(session, fromNumber, follow, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<TranscriptListing> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<TranscriptVerification> VerifyAsync(string session, CancellationToken cancellationToken) => inner.VerifyAsync(session, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CloseInterruptedAsync(CancellationToken cancellationToken) => inner.CloseInterruptedAsync(cancellationToken);

    private static TranscriptFailedException Full() => new("The disk is full.", null);

    private sealed class Failing(FailingTranscripts store, Transcript inner) : Transcript
    {
        private readonly TaskCompletionSource<Exception> failed = new();

        public override string Session => inner.Session;

        public override long DurableCount => inner.DurableCount;

        public override long DurableBytes => inner.DurableBytes;

        public override Task<Exception> Failed => failed.Task;

        public override Task<long> AppendAsync(TranscriptEvent happened, CancellationToken cancellationToken) =>
            store.FailNow || store.FailAppends ? Task.FromException<long>(Fail()) : inner.AppendAsync(happened, cancellationToken);

        public override Task<bool> WaitBeyondAsync(long number, CancellationToken cancellationToken) => inner.WaitBeyondAsync(number, cancellationToken);

        public override Task SealAsync(SessionEnded ended, CancellationToken cancellationToken) =>
            store.FailNow || store.FailSeal ? Task.FromException(Fail()) : inner.SealAsync(ended, cancellationToken);

        public override ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref store.open);
            return inner.DisposeAsync();
        }

        private TranscriptFailedException Fail()
        {
            var full = Full();
            failed.TrySetResult(full);
            return full;
        }
    }
}
