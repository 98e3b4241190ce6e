using Microsoft.AspNetCore.SignalR;
using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Console;

/// <summary>SignalR's user id is the caller's key, issuer and subject.</summary>
public sealed class CallerIdProvider(CallerReader callers) : IUserIdProvider
{
    /// <inheritdoc/>
    public string? GetUserId(HubConnectionContext connection) => callers.Read(connection.User)?.Key;
}
