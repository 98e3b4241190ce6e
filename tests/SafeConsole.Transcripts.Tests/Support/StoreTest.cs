namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>Tests on a store of their own, which is gone after each. (xunit 2 calls IAsyncLifetime's end only, never IAsyncDisposable's.)</summary>
public abstract class StoreTest : IAsyncLifetime, IAsyncDisposable
{
    private protected TestStore Test { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Test.DisposeAsync();
    }
}
