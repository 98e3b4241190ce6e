using Microsoft.AspNetCore.SignalR;
using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Data;
using SafeConsole.Gateway.Launching;
using SafeConsole.Gateway.Secrets;
using SafeConsole.Proxy;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Proxy.Threads;
using SafeConsole.Runners;
using SafeConsole.Runners.Sandbox;

namespace SafeConsole.Gateway.Console;

/// <summary>Sessions, their hub, their links and their runners.</summary>
public static class ConsoleSetup
{
    /// <summary>The hub's address.</summary>
    public const string HubPath = "/hub/console";

    // A task of ECS may wait minutes for a place and pull its image before its agent links.
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Registers it all.</summary>
    public static void AddConsole(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ConsoleOptions>().BindConfiguration("Console")
            .Validate(options => options.Problem() is null, "Every number under Console must be at least 1.").ValidateOnStart();
        services.AddOptions<ProxyOptions>().BindConfiguration("Proxy")
            .Validate(options => options.OpeningsAtOnce >= 1 && options.OpeningInterval >= TimeSpan.Zero, "Proxy:OpeningsAtOnce must be at least 1, and Proxy:OpeningInterval not negative.").ValidateOnStart();
        services.AddSingleton<ReplicaControls>().AddSingleton<ISessionDatabases, SessionDatabases>();
        services.AddSingleton<LiveRunners>().AddSingleton<RunnerLogs>().AddSingleton<RunnerBooter>().AddSingleton<WarmPool>();
        services.AddSingleton<SessionLauncher>().AddSingleton<SessionLife>().AddSingleton<SessionPush>().AddSingleton<ConsoleSessions>();
        services.AddSingleton(new RelayThreads()).AddSingleton<PassedConnections>().AddSingleton<LinkRefusals>();
        services.AddSingleton<SessionIndex>().AddSingleton<SessionQueries>().AddSingleton<IndexRebuild>();
        services.AddSingleton<SessionAccess>().AddSingleton<FollowWindows>().AddSingleton<HubConnections>().AddSingleton<HubConnectionFilter>().AddSingleton<TranscriptFollower>();
        services.AddSingleton(provider => new RunnerTickets(provider.GetRequiredService<TimeProvider>(), TicketLifetime));
        services.AddHostedService<SessionRecovery>().AddHostedService<PolicyWithdrawal>().AddHostedService<SessionShutdown>();
        services.AddHostedService(provider => provider.GetRequiredService<WarmPool>()).AddHostedService<RunnerSweep>();
        AddHub(services);
        AddSandbox(builder);
        builder.AddDocker();
        builder.AddEcs();
        builder.AddSecrets();
    }

    /// <summary>Maps the console's routes, the hub and the links.</summary>
    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapTargets();
        routes.MapSessions();
        routes.MapHub<ConsoleHub>(HubPath, options => options.CloseOnAuthenticationExpiration = true).RequirePermission(Permission.SignedIn);
        routes.MapLinks();
    }

    private static void AddHub(IServiceCollection services)
    {
        services.AddSingleton<IUserIdProvider, CallerIdProvider>().AddSingleton<HubPermissionFilter>();
        services.AddSignalR(options =>
        {
            // Base64 in JSON makes 64 KiB of input 88 KiB.
            options.MaximumReceiveMessageSize = 128 * 1024;
            // An input that waits for the REPL must not hold up the acknowledgement of the output that the REPL waits for.
            options.MaximumParallelInvocationsPerClient = 100;
            options.StreamBufferCapacity = 2;
            options.AddFilter<HubPermissionFilter>();
            options.AddFilter<HubConnectionFilter>();
        }).AddMessagePackProtocol();
    }

    private static void AddSandbox(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var options = new SandboxOptions
        {
            RuntimeDirectory = Listeners.RuntimeDirectory(configuration),
            AgentPath = Path.GetFullPath(configuration["Runners:AgentPath"] ?? Path.Combine(AppContext.BaseDirectory, "safeconsole-agent")),
            ReadOnlyPaths = configuration.GetSection("Runners:ReadOnlyPaths").Get<string[]>() ?? [],
        };
        if (new SandboxOptionsValidator().Validate(null, options) is { Failed: true } problem)
            throw new GatewayConfigurationException($"Section Runners: {problem.FailureMessage}");
        builder.Services.AddSingleton(options).AddSingleton<IRunnerLauncher, SandboxLauncher>().AddSingleton<RunnerReaper>();
    }
}
