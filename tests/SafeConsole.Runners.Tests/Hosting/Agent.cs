using System.Runtime.CompilerServices;

namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>The published agent: `SAFECONSOLE_AGENT`, or what runner-image/build-agent.sh built.</summary>
internal static class Agent
{
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string source = "")
    {
        var built = System.IO.Path.GetFullPath("../../../.artifacts/agent/safeconsole-agent", System.IO.Path.GetDirectoryName(source)!);
        var path = Environment.GetEnvironmentVariable("SAFECONSOLE_AGENT") ?? built;
        return File.Exists(path) ? path : throw new InvalidOperationException($"There is no agent at {path}; run runner-image/build-agent.sh first.");
    }
}
