using SafeConsole.Policies;

namespace SafeConsole.Gateway.PolicyAdmin;

/// <summary>Watches the policy folder as long as the gateway runs.</summary>
public sealed class PolicyWatch(PolicyWatcher watcher) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => watcher.RunAsync(stoppingToken);
}
