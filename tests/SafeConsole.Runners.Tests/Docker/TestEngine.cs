using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>The Docker engine of a test run, as gateway/deploy/engine.sh finds it, and the runner image on it.</summary>
internal static class TestEngine
{
    /// <summary>Users that no other launcher on this host lends.</summary>
    private static readonly UserIds Users = new(300_000, 365_535);

    /// <summary>The engine's socket.</summary>
    public static string Socket { get; } = DockerCommand.HostAsync().GetAwaiter().GetResult()["unix://".Length..];

    /// <summary>The image that runner-image/build-image.sh builds.</summary>
    public static string Image { get; } = Environment.GetEnvironmentVariable("SAFECONSOLE_RUNNER_IMAGE") ?? "safeconsole/runner:dev";

    /// <summary>A gateway of its own for each link server.</summary>
    public static DockerOptions OptionsFor(LinkServer server, string? socket = null) =>
        new() { EngineSocket = socket ?? Socket, RuntimeDirectory = server.RuntimeDirectory, Gateway = server.RuntimeDirectory };

    /// <summary>A launcher, and shapes that name an image.</summary>
    public static DockerLauncher NewLauncher(LinkServer server, DockerOptions? options = null, string? image = null)
    {
        server.ShapeOf = limits => new RunnerShape("tests", limits, image ?? Image);
        return new DockerLauncher(options ?? OptionsFor(server), Users, TimeProvider.System, NullLogger<DockerLauncher>.Instance);
    }

    /// <summary>Runs the docker program on the engine and returns what it printed, without the last line's end.</summary>
    public static Task<string> DockerAsync(params string[] arguments) => DockerOnAsync(Socket, input: null, arguments);

    /// <summary>The same on another engine, with something to read.</summary>
    public static async Task<string> DockerOnAsync(string socket, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", ["--host", "unix://" + socket, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOCKER_BUILDKIT"] = "0" },
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return process.ExitCode == 0 ? (await output).TrimEnd('\n') : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {await error}");
    }

    /// <summary>
    /// Builds an image on the runner image, as root and without a network, and returns its name. A build of the same lines is there at once.
    /// </summary>
    public static async Task<string> BuildAsync(string name, params string[] lines)
    {
        var image = "safeconsole-tests/" + name;
        await DockerOnAsync(Socket, $"FROM {Image}\nUSER root\n{string.Join('\n', lines)}\n", "build", "--quiet", "--network", "none", "--tag", image, "-");
        return image;
    }

    /// <summary>The same, with a shell script in the agent's place.</summary>
    public static Task<string> BuildWithAgentAsync(string name, string script) =>
        BuildAsync(name, $"RUN printf '%s\\n' '#!/bin/sh' '{script}' > /tmp/agent && chmod 755 /tmp/agent && mv /tmp/agent {ContainerSettings.Agent}");
}
