using System.Net.Sockets;
using SafeConsole.Runners.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Runners.Tests.Image;

/// <summary>A gateway's link whose database connections lead to the demo database's hot standby, byte by byte and unjudged.</summary>
public sealed class ImageSite : IAsyncLifetime
{
    private PostgresCluster? cluster;
    private LinkServer? server;

    internal LinkServer Server => server!;

    internal PostgresCluster Cluster => cluster!;

    public async Task InitializeAsync()
    {
        cluster = await PostgresCluster.StartAsync(PostgresCluster.RecipesFile);
        server = await LinkServer.StartAsync();
        // Runners are other users than the gateway.
        File.SetUnixFileMode(Path.Combine(server.RuntimeDirectory, "link.sock"), (UnixFileMode)0b110_110_110);
        server.Database = RelayAsync;
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }

    /// <summary>A REPL of an image, started as the gateway starts it.</summary>
    internal Task<ImageConsole> OpenAsync(string image, params string[] command) => ImageConsole.OpenAsync(Server, image, command);

    private async Task RelayAsync(Stream runner)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Cluster.SocketFolder, $".s.PGSQL.{Cluster.StandbyPort}")));
        await using var database = new NetworkStream(socket);
        await Task.WhenAny(runner.CopyToAsync(database), database.CopyToAsync(runner));
    }
}
