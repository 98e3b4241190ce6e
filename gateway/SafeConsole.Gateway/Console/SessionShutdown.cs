namespace SafeConsole.Gateway.Console;

/// <summary>
/// Ends all sessions when the gateway is asked to stop. It must come before SignalR closes its connections, so that viewers still see the
/// sentence: callbacks of ApplicationStopping run last registered first, so it registers when everything else has started, and waits.
/// </summary>
public sealed class SessionShutdown(ConsoleSessions sessions, FollowWindows followers, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // For the streams of viewers to carry the last lines. One that does not acknowledge is not waited for.
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(1);

    // SignalR tells nobody when what it was given has been written; on a local network this is plenty.
    private static readonly TimeSpan Flush = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task? closing;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => CloseAsync().Wait());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => CloseAsync().WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A signal raises ApplicationStopping first, and whoever stops the host calls StoppingAsync first; the other then finds it under way.
    private Task CloseAsync()
    {
        lock (gate)
            return closing ??= Task.Run(CloseOnceAsync);
    }

    private async Task CloseOnceAsync()
    {
        var hadFollowers = !followers.None.IsCompleted;
        await sessions.CloseAsync().WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await followers.None.WaitAsync(LastLines).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (hadFollowers)
            await Task.Delay(Flush);
    }
}
