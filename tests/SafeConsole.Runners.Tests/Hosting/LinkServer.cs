using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using SafeConsole.Testing;

namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>A gateway's link routes on a Unix socket in a folder of its own under /tmp, and nothing else of a gateway.</summary>
internal sealed class LinkServer : IAsyncDisposable
{
    public const string Key = "key-of-the-session";

    private readonly ConcurrentDictionary<string, TaskCompletionSource<RunnerLink>> links = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly WebApplication app;

    private LinkServer(string folder, LinkCertificate? certificate)
    {
        RuntimeDirectory = folder;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(Path.Combine(folder, "link.sock"), listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate.Load());
            listen.Use(next => connection => next(new Gateway.HalfOpenConnection(connection)));
        }));
        app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/link/terminal", AcceptTerminalAsync);
        app.MapGet("/link/database", AcceptDatabaseAsync);
    }

    public string RuntimeDirectory { get; }

    public RunnerTickets Tickets { get; } = new(TimeProvider.System);

    /// <summary>What stands for the proxy: gets each database connection's bytes; returning closes it.</summary>
    public Func<Stream, Task> Database { get; set; } = _ => Task.CompletedTask;

    /// <summary>Starts one; with a certificate it speaks TLS on its socket.</summary>
    public static async Task<LinkServer> StartAsync(LinkCertificate? certificate = null)
    {
        var folder = Directory.CreateTempSubdirectory("safeconsole-runners-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var server = new LinkServer(folder, certificate);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>What runners of a test may use, where nothing else is asked for.</summary>
    public static RunnerLimits Limits { get; } = new(512 << 20, 64, 64 << 20, 1);

    /// <summary>What a runner with these limits is made like; the launcher's tests set what it needs beside.</summary>
    public Func<RunnerLimits, RunnerShape> ShapeOf { get; set; } = limits => new RunnerShape("tests", limits);

    /// <summary>A session that no other test has: what is stranded of a sandbox is found, and killed, by it.</summary>
    public RunnerSpec NewSpec(RunnerLimits? limits = null)
    {
        var session = Guid.NewGuid().ToString("N");
        return new RunnerSpec(session, Tickets.Issue(session), ShapeOf(limits ?? Limits), new RunnerLog(TimeProvider.System));
    }

    /// <summary>The link of a session's agent, once it has come.</summary>
    public Task<RunnerLink> LinkOfAsync(string session) => Pending(session).Task.WaitAsync(Deadline.Usual);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.DisposeAsync();
        stopping.Dispose();
        Directory.Delete(RuntimeDirectory, recursive: true);
    }

    private TaskCompletionSource<RunnerLink> Pending(string session) =>
        links.GetOrAdd(session, _ => new TaskCompletionSource<RunnerLink>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task AcceptTerminalAsync(HttpContext context)
    {
        if (!Tickets.TryRedeem(SecretOf(context, "Ticket "), out var session))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var link = new RunnerLink(socket);
        Pending(session).SetResult(link);
        await link.Closed.WaitAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private async Task AcceptDatabaseAsync(HttpContext context)
    {
        if (SecretOf(context, "Link ") != Key)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        context.Response.Headers.Upgrade = "safeconsole-database";
        await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        try
        {
            await Database(stream);
        }
        catch (ConnectionAbortedException)
        {
            context.Abort();
        }
    }

    private static string? SecretOf(HttpContext context, string scheme)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.Ordinal) ? header[scheme.Length..] : null;
    }
}
