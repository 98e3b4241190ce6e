using System.Diagnostics;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>The real agent, built once from the repository's sources.</summary>
public static class Agent
{
    private static readonly Lazy<string> Built = new(Build);

    /// <summary>The executable's path.</summary>
    public static string Path => Built.Value;

    private static string Build()
    {
        using var build = Process.Start(new ProcessStartInfo("bash", [RepositoryRoot.At("runner-image", "build-agent.sh")]) { RedirectStandardOutput = true })!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0 ? output.Trim().Split('\n')[^1] : throw new InvalidOperationException("The agent could not be built; its build said why.");
    }
}
