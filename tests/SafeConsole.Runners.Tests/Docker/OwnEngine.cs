using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>
/// A Docker engine of one test, which may be killed, with its data in memory, where it can run out of space. Its only image has the agent, bash, and
/// what the agent needs of this host.
/// </summary>
internal sealed class OwnEngine : IAsyncDisposable
{
    public const string Image = "safeconsole-tests/small:dev";

    private const string SmallRoot = """
        set -euo pipefail
        root=$1 agent=$2
        mkdir -p "$root"/{bin,usr/bin,usr/local/bin}
        cp "$agent" "$root/usr/local/bin/safeconsole-agent"
        cp -L /bin/bash "$root/bin/"
        cp -L /usr/bin/prlimit "$root/usr/bin/"
        # The agent's WebSocket hashes by OpenSSL, which it looks for when it needs it.
        for library in libssl.so.3 libcrypto.so.3; do cp -L --parents "/usr/lib/x86_64-linux-gnu/$library" "$root"; done
        ldd "$root"/{bin,usr/bin,usr/local/bin}/* | grep -oE '/[^ ]+\.so[^ ]*' | sort -u | xargs cp -L --parents -t "$root"
        """;

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
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", engine.Data);
        await engine.RestartAsync();
        var root = Path.Combine(engine.folder, "root");
        await RunAsync("bash", "-c", SmallRoot, "small-root", root, Agent.Path);
        await RunAsync("tar", "-C", root, "-cf", root + ".tar", ".");
        await TestEngine.DockerOnAsync(engine.Socket, null, "import", root + ".tar", Image);
        return engine;
    }

    /// <summary>Starts it again, after it was killed or stopped.</summary>
    public async Task RestartAsync()
    {
        await RunAsync("bash", script, "own", folder);
        Socket = (await RunAsync("bash", script, "running", folder)).Trim().Replace("unix://", "", StringComparison.Ordinal);
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
    public Task StopAsync() => RunAsync("bash", script, "stop", folder);

    public async ValueTask DisposeAsync()
    {
        // Only an engine that runs takes the rest of a killed one with it.
        await RestartAsync();
        await StopAsync();
        await RunAsync("umount", "--recursive", Data);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<int> ReadNumberAsync(string file) => int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await output}{await error}");
    }
}
