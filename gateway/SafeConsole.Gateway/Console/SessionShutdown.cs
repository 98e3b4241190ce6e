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

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() =>
        {
            var hadFollowers = !followers.None.IsCompleted;
            sessions.CloseAsync().Wait(Patience);
            followers.None.Wait(LastLines);
            if (hadFollowers)
                Thread.Sleep(Flush);
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => sessions.CloseAsync().WaitAsync(Patience, cancellationToken);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
