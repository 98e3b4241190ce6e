using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>
/// A Docker engine of one test, which may be killed, with its data in memory, where it can run out of space. It has the small image.
/// </summary>
internal sealed class OwnEngine : IAsyncDisposable
{
    public const string Image = "safeconsole-tests/small:dev";

    private readonly string folder = Directory.CreateTempSubdirectory("safeconsole-engine-").FullName;
    private readonly string script;

    private OwnEngine([CallerFilePath] string source = "") =>
        script = Path.GetFullPath("../../../gateway/deploy/engine.sh", Path.GetDirectoryName(source)!);

    public string Socket { get; private set; } = "";

    /// <summary>The folder of the engine's data, a file system of its own of 200 MB.</summary>
    public string Data => Path.Combine(folder, "data");

    public static async Task<OwnEngine> StartAsync()
    {
        var engine = new OwnEngine();
        Directory.CreateDirectory(engine.Data);
        await SmallImage.RunAsync("mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", engine.Data);
        await engine.RestartAsync();
        await TestEngine.DockerOnAsync(engine.Socket, null, "import", await SmallImage.PackAsync(engine.folder), Image);
        return engine;
    }

    /// <summary>Starts it again, after it was killed or stopped.</summary>
    public async Task RestartAsync()
    {
        await SmallImage.RunAsync("bash", script, "own", folder);
        Socket = (await SmallImage.RunAsync("bash", script, "running", folder)).Trim().Replace("unix://", "", StringComparison.Ordinal);
    }

    /// <summary>SIGKILL for the engine; its containers run on without it.</summary>
    public async Task KillAsync()
    {
        var containerd = await ReadNumberAsync(Path.Combine(Path.GetDirectoryName(Socket)!, "containerd", "containerd.pid"));
        using var process = Process.GetProcessById(await ReadNumberAsync(Path.Combine(folder, "engine.pid")));
        process.Kill();
        // The kernel kills its containerd with it. An engine that starts while that one still has its number would wait for it.
        Assert.True(await Deadline.BecomesTrueAsync(() => !Directory.Exists($"/proc/{containerd}"), Deadline.Usual));
    }

    /// <summary>Ends it as a system that is shut down does: its containers end with it.</summary>
    public Task StopAsync() => SmallImage.RunAsync("bash", script, "stop", folder);

    public async ValueTask DisposeAsync()
    {
        // Only an engine that runs takes the rest of a killed one with it.
        await RestartAsync();
        await StopAsync();
        await SmallImage.RunAsync("umount", "--recursive", Data);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<int> ReadNumberAsync(string file) => int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);
}
