using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SafeConsole.Gateway.Console;
using SafeConsole.Policies;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>A whole gateway in demo mode on a free port and a link socket of its own, with the real sandbox and a replica that tests steer.</summary>
public sealed class TestGateway : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly bool ownsFolder;
    private WebApplication? app;

    private TestGateway(int port, TemporaryFolder? existing)
    {
        ownsFolder = existing is null;
        folder = existing ?? new TemporaryFolder();
        Port = port;
        Policies = new PolicyFolder(folder.At("policies"));
    }

    /// <summary>The gateway's port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The gateway's origin.</summary>
    public string Origin => $"http://127.0.0.1:{Port}";

    /// <summary>The policy files.</summary>
    public PolicyFolder Policies { get; }

    /// <summary>The replica of every session.</summary>
    public SteeredDatabases Databases { get; } = new();

    /// <summary>The gateway's services.</summary>
    public IServiceProvider Services => app!.Services;

    /// <summary>The living sessions.</summary>
    public ConsoleSessions Sessions => Services.GetRequiredService<ConsoleSessions>();

    /// <summary>The state's folder.</summary>
    public TemporaryFolder Folder => folder;

    /// <summary>The link socket's path.</summary>
    public string LinkSocket => folder.At("run", "link.sock");

    /// <summary>Starts one; <paramref name="prepare"/> changes policy files first, <paramref name="configure"/> the services, <paramref name="map"/> adds routes.</summary>
    public static async Task<TestGateway> StartAsync(
        Action<PolicyFolder>? prepare = null, Action<IServiceCollection>? configure = null, Action<WebApplication>? map = null, TemporaryFolder? existing = null, int? port = null,
        Dictionary<string, string>? settings = null)
    {
        var gateway = new TestGateway(port ?? FreePort.Take(), existing);
        if (existing is null)
            gateway.Policies.WriteDefaults();
        prepare?.Invoke(gateway.Policies);
        await gateway.BuildAsync(configure, map, settings ?? []);
        return gateway;
    }

    /// <summary>Settings of a demo gateway in a folder.</summary>
    public static Dictionary<string, string> Settings(TemporaryFolder folder, string url) => new()
    {
        ["Urls"] = url,
        ["Demo:Enabled"] = "true",
        ["Policies:Folder"] = folder.At("policies"),
        ["Transcripts:Folder"] = folder.At("transcripts"),
        ["Data:Database"] = folder.At("data", "gateway.db"),
        ["Runtime:Directory"] = folder.At("run"),
        ["Runners:AgentPath"] = Agent.Path,
        ["Web:Folder"] = folder.At("web"),
    };

    /// <summary>Command-line arguments for settings.</summary>
    public static string[] Arguments(Dictionary<string, string> settings) => [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")];

    /// <summary>Reads the policy files again.</summary>
    public async Task ReloadPoliciesAsync() => Assert.Null(await Services.GetRequiredService<PolicyStore>().ReloadAsync());

    /// <summary>Asks the gateway to stop, as a signal would; completes when it has.</summary>
    public Task StopAsync() => app!.StopAsync();

    /// <summary>Ends the gateway wholly and keeps its folder.</summary>
    public async Task CloseAsync()
    {
        if (app is null)
            return;
        await app.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Databases.Dispose();
        if (ownsFolder)
            folder.Dispose();
    }

    private async Task BuildAsync(Action<IServiceCollection>? configure, Action<WebApplication>? map, Dictionary<string, string> settings)
    {
        app = await Program.BuildAsync([.. Arguments(Settings(folder, Origin)), .. Arguments(settings)], builder =>
        {
            builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
            builder.Services.Replace(ServiceDescriptor.Singleton<ISessionDatabases>(Databases));
            configure?.Invoke(builder.Services);
        });
        map?.Invoke(app);
        await app.StartAsync();
    }
}
