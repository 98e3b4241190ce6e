namespace SafeConsole.Runners.Sandbox;

/// <summary>How the sandbox launcher works on this host. Checked by <see cref="SandboxOptionsValidator"/> at start.</summary>
public sealed class SandboxOptions
{
    /// <summary>
    /// The gateway's runtime folder, an absolute path that runner users may enter; it holds `link.sock`, and the launcher puts its copy of
    /// the agent and the runners' `/etc` files there.
    /// </summary>
    public required string RuntimeDirectory { get; init; }

    /// <summary>The agent's executable, as published by runner-image/build-agent.sh.</summary>
    public required string AgentPath { get; init; }

    /// <summary>The first of the user ids that runners get when the gateway runs as root; none of them may belong to anybody.</summary>
    public int FirstUserId { get; init; } = 200_000;

    /// <summary>The last of those user ids.</summary>
    public int LastUserId { get; init; } = 265_535;

    /// <summary>bubblewrap 0.8 or later.</summary>
    public string BubblewrapPath { get; init; } = "/usr/bin/bwrap";

    /// <summary>Further files and folders of the host that runners may read, such as `/opt/recipes`; `/usr` they see anyway.</summary>
    public IReadOnlyList<string> ReadOnlyPaths { get; init; } = [];

    /// <summary>How long a sandbox may take until its agent runs.</summary>
    public TimeSpan LaunchTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The Unix socket on which the gateway serves links.</summary>
    public string LinkSocket => Path.Combine(RuntimeDirectory, "link.sock");
}
