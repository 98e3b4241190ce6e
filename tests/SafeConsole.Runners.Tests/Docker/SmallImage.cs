using System.Diagnostics;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>The smallest root in which the agent runs a REPL: agent, bash, and the libraries of this host that they need. 12 MB.</summary>
internal static class SmallImage
{
    private const string Root = """
        set -euo pipefail
        root=$1 agent=$2
        mkdir -p "$root"/{bin,usr/bin,usr/local/bin}
        cp "$agent" "$root/usr/local/bin/safeconsole-agent"
        cp -L /bin/bash "$root/bin/"
        cp -L /usr/bin/prlimit "$root/usr/bin/"
        # The agent's WebSocket hashes by OpenSSL, which it looks for when it needs it.
        for library in libssl.so.3 libcrypto.so.3; do cp -L --parents "/usr/lib/x86_64-linux-gnu/$library" "$root"; done
        ldd "$root"/{bin,usr/bin,usr/local/bin}/* | grep -oE '/[^ ]+\.so[^ ]*' | sort -u | xargs cp -L --parents -t "$root"
        tar -C "$root" -cf "$root.tar" .
        """;

    /// <summary>Makes the root in a folder, and returns the archive of it that lies there.</summary>
    public static async Task<string> PackAsync(string folder)
    {
        var root = Path.Combine(folder, "root");
        await RunAsync("bash", "-c", Root, "small-root", root, Agent.Path);
        return root + ".tar";
    }

    /// <summary>Runs a program and returns what it printed.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await output}{await error}");
    }
}
