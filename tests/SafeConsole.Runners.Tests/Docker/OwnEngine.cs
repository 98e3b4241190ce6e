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

    private readonly string script;

    private OwnEngine([CallerFilePath] string source = "") =>
        script = Path.GetFullPath("../../../gateway/deploy/engine.sh", Path.GetDirectoryName(source)!);

    public string Socket { get; private set; } = "";

    /// <summary>The folder of the engine and its data, a file system of its own of 200 MB.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("safeconsole-engine-").FullName;

    public static async Task<OwnEngine> StartAsync()
    {
        var engine = new OwnEngine();
        await SmallImage.RunAsync("mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", engine.Folder);
        try
        {
            await engine.RestartAsync();
            await TestEngine.DockerOnAsync(engine.Socket, null, "import", await SmallImage.PackAsync(engine.Folder), Image);
            return engine;
        }
        catch
        {
            // Nobody else would end it: a test whose preparation failed is not cleaned up after.
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again, after it was killed or stopped.</summary>
    public async Task RestartAsync()
    {
        await SmallImage.RunAsync("bash", script, "own", Folder);
        Socket = (await SmallImage.RunAsync("bash", script, "running", Folder)).Trim().Replace("unix://", "", StringComparison.Ordinal);
    }

    /// <summary>SIGKILL for the engine; its containers run on without it.</summary>
    public async Task KillAsync()
    {
        var containerd = await ReadNumberAsync(Path.Combine(Path.GetDirectoryName(Socket)!, "containerd", "containerd.pid"));
        using var process = Process.GetProcessById(await ReadNumberAsync(Path.Combine(Folder, "engine.pid")));
        process.Kill();
        // The kernel kills its containerd with it. An engine that starts while that one still has its number would wait for it.
        Assert.True(await Deadline.BecomesTrueAsync(() => !Directory.Exists($"/proc/{containerd}"), Deadline.Usual));
    }

    /// <summary>Ends it as a system that is shut down does: its containers end with it.</summary>
    public Task StopAsync() => SmallImage.RunAsync("bash", script, "stop", Folder);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await SmallImage.RunAsync("umount", "--recursive", Folder);
        Directory.Delete(Folder);
    }

    private static async Task<int> ReadNumberAsync(string file) => int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);
}
