namespace SafeConsole.Testing;

/// <summary>The docker command, at the engine of `DOCKER_HOST` or the one that gateway/deploy/engine.sh finds or has started.</summary>
public static class DockerCommand
{
    private static readonly Lazy<Task<string>> Host = new(FindAsync);

    /// <summary>The engine, as `unix:///path`. Throws <see cref="InvalidOperationException"/> where none answers.</summary>
    public static Task<string> HostAsync() => Host.Value;

    /// <summary>What a docker command printed, without the last line's end. Throws with what it said when it fails.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var host = await Host.Value;
        return (await FinishedProcess.RunAsync("docker", ["--host", host, .. arguments])).OrThrow().Output.TrimEnd();
    }

    private static async Task<string> FindAsync()
    {
        var engine = await FinishedProcess.RunAsync("bash", [RepositoryRoot.At("gateway", "deploy", "engine.sh"), "running", RepositoryRoot.At(".artifacts", "engine")]);
        return engine.ExitCode == 0 ? engine.Output.Trim()
            : throw new InvalidOperationException("No Docker engine answers; run runner-image/build-image.sh and runner-image/examples/build.sh first.");
    }
}
