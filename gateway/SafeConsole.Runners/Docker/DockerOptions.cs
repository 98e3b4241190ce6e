namespace SafeConsole.Runners.Docker;

/// <summary>How the Docker launcher works on this host. Checked by <see cref="DockerOptionsValidator"/> at start.</summary>
public sealed class DockerOptions
{
    /// <summary>The Unix socket of a Docker engine on the gateway's own host, 20.10 or later. Who may use it is as good as root there.</summary>
    public required string EngineSocket { get; init; }

    /// <summary>
    /// The gateway's runtime folder, an absolute path that means the same to the engine; it holds `link.sock`, and the launcher puts the runners'
    /// `/etc` files there.
    /// </summary>
    public required string RuntimeDirectory { get; init; }

    /// <summary>
    /// This gateway's name in the labels of its containers, which survives a restart: it removes the containers that bear it and that it does not know,
    /// but for those of a runtime folder that another gateway serves at that moment.
    /// </summary>
    public required string Gateway { get; init; }

    /// <summary>How long a container may take until its agent runs, once its image is there.</summary>
    public TimeSpan LaunchTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an engine that does not answer is waited for before its runners count as lost; their links end them.</summary>
    public TimeSpan EnginePatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The Unix socket on which the gateway serves links.</summary>
    public string LinkSocket => Path.Combine(RuntimeDirectory, Runners.LinkSocket.FileName);
}
