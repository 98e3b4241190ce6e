using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SafeConsole.Runners.Docker;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>An engine's socket behind which a test answers, for what a real one does seldom: to hold an answer back, or to break it off.</summary>
internal sealed class SteeredEngine : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safeconsole-steered-");
    private readonly WebApplication app;

    private SteeredEngine(Action<IEndpointRouteBuilder> map)
    {
        var socket = Path.Combine(folder.FullName, "docker.sock");
        Options = new DockerOptions { EngineSocket = socket, RuntimeDirectory = folder.FullName, Gateway = "steered" };
        Client = new DockerEngine(Options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        app = builder.Build();
        map(app);
    }

    /// <summary>Options of a launcher for it.</summary>
    public DockerOptions Options { get; }

    /// <summary>A connection to it.</summary>
    public DockerEngine Client { get; }

    /// <summary>Starts one with these routes of the engine's API.</summary>
    public static async Task<SteeredEngine> StartAsync(Action<IEndpointRouteBuilder> map)
    {
        var engine = new SteeredEngine(map);
        await engine.app.StartAsync();
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
