using Microsoft.Extensions.Options;
using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

public sealed class SandboxOptionsTests
{
    [Fact]
    public void Good_options_pass() =>
        Assert.True(Validate(new SandboxOptions { RuntimeDirectory = "/run/safeconsole", AgentPath = Agent.Path }).Succeeded);

    [Fact]
    public void Every_mistake_is_named()
    {
        var result = Validate(new SandboxOptions
        {
            RuntimeDirectory = "run",
            AgentPath = "/nowhere/agent",
            FirstUserId = 0,
            LastUserId = 10,
            LaunchTimeout = TimeSpan.Zero,
            ReadOnlyPaths = ["opt"],
        });

        Assert.Equal(5, result.Failures!.Count());
        Assert.Contains(result.Failures!, failure => failure.StartsWith("RuntimeDirectory is 'run'", StringComparison.Ordinal));
    }

    [Fact]
    public void Socket_path_that_the_kernel_would_refuse_is_refused() =>
        Assert.Contains("longer than the 107 bytes", Validate(new SandboxOptions { RuntimeDirectory = "/" + new string('x', 100), AgentPath = Agent.Path }).FailureMessage, StringComparison.Ordinal);

    private static ValidateOptionsResult Validate(SandboxOptions options) => new SandboxOptionsValidator().Validate(null, options);
}
