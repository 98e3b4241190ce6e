using Microsoft.AspNetCore.SignalR;

namespace SafeConsole.Gateway.Console;

/// <summary>Keeps account of the hub's connections; one more than a person may have is closed at once.</summary>
public sealed class HubConnectionFilter(HubConnections connections) : IHubFilter
{
    /// <inheritdoc/>
    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (!connections.TryAdd(context.Context.UserIdentifier ?? "", context.Context))
            context.Context.Abort();
        return next(context);
    }

    /// <inheritdoc/>
    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        connections.Remove(context.Context.UserIdentifier ?? "", context.Context);
        return next(context, exception);
    }
}
