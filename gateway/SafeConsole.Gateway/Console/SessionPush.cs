using Microsoft.AspNetCore.SignalR;
using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Console;

/// <summary>Tells a person's own pages that one of their sessions began or ended. It goes to that person's connections alone and says nothing else.</summary>
public sealed class SessionPush(IHubContext<ConsoleHub> hub)
{
    /// <summary>Pushes `SessionsChanged` to the owner.</summary>
    public Task ChangedAsync(Caller owner) => hub.Clients.User(owner.Key).SendAsync("SessionsChanged");
}
