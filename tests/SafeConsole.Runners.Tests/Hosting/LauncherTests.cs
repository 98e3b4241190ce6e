namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>A gateway's link and one launcher, for one test.</summary>
public abstract class LauncherTests<TLauncher> : IAsyncLifetime
    where TLauncher : class, IRunnerLauncher, IDisposable
{
    private LinkServer? server;
    private TLauncher? launcher;

    internal LinkServer Server => server!;

    internal TLauncher Launcher => launcher!;

    public async Task InitializeAsync()
    {
        server = await LinkServer.StartAsync();
        launcher = CreateLauncher(server);
    }

    public async Task DisposeAsync()
    {
        Launcher.Dispose();
        await Server.DisposeAsync();
    }

    internal abstract TLauncher CreateLauncher(LinkServer server);
}
