using Microsoft.AspNetCore.Http.Features;
using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Launching;
using SafeConsole.Runners;

namespace SafeConsole.Gateway.Console;

/// <summary>Where agents link: the terminal with their ticket, database connections with their session's key. On the link socket alone.</summary>
public static class LinkEndpoints
{
    // What a database connection's request is upgraded to: its bytes, without frames.
    private const string Protocol = "safeconsole-database";

    /// <summary>Maps the two routes.</summary>
    public static void MapLinks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/link/terminal", TerminalAsync).RequirePermission(Permission.RunnerLink).ExcludeFromDescription();
        routes.MapGet("/link/database", DatabaseAsync).RequirePermission(Permission.RunnerLink).ExcludeFromDescription();
    }

    private static async Task TerminalAsync(HttpContext context, RunnerTickets tickets, LiveRunners runners, LinkRefusals refusals)
    {
        if (!context.WebSockets.IsWebSocketRequest || !tickets.TryRedeem(Secret(context, "Ticket "), out var id) || runners.Find(id) is not { } arrival)
        {
            await RefuseAsync(context, refusals, "its ticket is unknown, used or expired");
            return;
        }

        var link = new RunnerLink(await context.WebSockets.AcceptWebSocketAsync());
        if (!arrival.TryArrive(link))
        {
            link.Dispose();
            return;
        }

        await arrival.Released;
    }

    private static async Task DatabaseAsync(HttpContext context, ConsoleSessions sessions, LinkRefusals refusals)
    {
        var secret = Secret(context, "Link ");
        var session = secret is null ? null : sessions.FindByKey(secret);
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        if (upgrade is not { IsUpgradableRequest: true } || context.Request.Headers.Upgrade != Protocol || session is not { Database: { } database })
        {
            await RefuseAsync(context, refusals, "its key belongs to no living session");
            return;
        }

        context.Response.Headers.Upgrade = Protocol;
        await using var stream = await upgrade.UpgradeAsync();
        await session.CarryAsync(cancellationToken => database.RelayAsync(stream, cancellationToken));
    }

    private static string? Secret(HttpContext context, string scheme) =>
        context.Request.Headers.Authorization.ToString() is { Length: < 256 } header && header.StartsWith(scheme, StringComparison.Ordinal)
            ? header[scheme.Length..]
            : null;

    private static async Task RefuseAsync(HttpContext context, LinkRefusals refusals, string why)
    {
        await refusals.HoldAsync(LinkRefusals.PeerOf(context), why);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
