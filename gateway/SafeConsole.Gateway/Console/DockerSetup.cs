using SafeConsole.Runners;
using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Sandbox;

namespace SafeConsole.Gateway.Console;

/// <summary>Runners as Docker containers, where the configuration names an engine: whoever may use one is as good as root on its host.</summary>
public static class DockerSetup
{
    /// <summary>Registers the launcher, and the user ids that it shares with the sandbox. Throws <see cref="GatewayConfigurationException"/>.</summary>
    public static void AddDocker(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider =>
        {
            var sandbox = provider.GetRequiredService<SandboxOptions>();
            return new UserIds(sandbox.FirstUserId, sandbox.LastUserId);
        });
        var section = builder.Configuration.GetSection("Runners:Docker");
        if (section["Engine"] is not { Length: > 0 } engine)
            return;
        var folder = Listeners.RuntimeDirectory(builder.Configuration);
        var options = new DockerOptions
        {
            EngineSocket = engine.StartsWith("unix://", StringComparison.Ordinal) ? engine["unix://".Length..] : engine,
            RuntimeDirectory = folder,
            // Only one gateway at a time can serve a runtime folder, and a restarted one serves the same.
            Gateway = section["Gateway"] ?? folder,
            LaunchTimeout = TimeSpan.FromSeconds(section.GetValue("LaunchSeconds", 20)),
        };
        if (new DockerOptionsValidator().Validate(null, options) is { Failed: true } problem)
            throw new GatewayConfigurationException($"Section Runners:Docker: {problem.FailureMessage}");
        builder.Services.AddSingleton(options).AddSingleton<IRunnerLauncher, DockerLauncher>();
    }
}
