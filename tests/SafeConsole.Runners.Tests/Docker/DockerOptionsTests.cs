using Microsoft.Extensions.Options;
using SafeConsole.Runners.Docker;

namespace SafeConsole.Runners.Tests.Docker;

public sealed class DockerOptionsTests
{
    [Fact]
    public void Good_options_pass() =>
        Assert.True(Validate(new DockerOptions { EngineSocket = "/var/run/docker.sock", RuntimeDirectory = "/run/safeconsole", Gateway = "/run/safeconsole" }).Succeeded);

    [Fact]
    public void Every_mistake_is_named()
    {
        var result = Validate(new DockerOptions
        {
            EngineSocket = "tcp://127.0.0.1:2375",
            RuntimeDirectory = "run",
            Gateway = "a=b",
            LaunchTimeout = TimeSpan.Zero,
            EnginePatience = TimeSpan.Zero,
        });

        Assert.Equal(5, result.Failures!.Count());
        Assert.Contains(result.Failures!, failure => failure.StartsWith("EngineSocket is 'tcp://127.0.0.1:2375'", StringComparison.Ordinal));
        Assert.Contains(result.Failures!, failure => failure.StartsWith("Gateway is 'a=b'", StringComparison.Ordinal));
    }

    [Fact]
    public void Socket_path_that_the_kernel_would_refuse_is_refused() => Assert.Contains(
        "longer than the 107 bytes",
        Validate(new DockerOptions { EngineSocket = "/var/run/docker.sock", RuntimeDirectory = "/" + new string('x', 100), Gateway = "one" }).FailureMessage,
        StringComparison.Ordinal);

    private static ValidateOptionsResult Validate(DockerOptions options) => new DockerOptionsValidator().Validate(null, options);
}
