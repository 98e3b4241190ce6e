using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Runners;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Operations;

/// <summary>A gateway that is started beside a living one, with the folders or the label of that one.</summary>
public sealed class SecondGatewayTests
{
    [Fact]
    public async Task A_second_gateway_ends_with_a_sentence_and_leaves_the_firsts_runner_alone()
    {
        await using var first = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(first);
        var session = await RunningAsync(script);
        // As long as the first has not come to listening there is none either.
        File.Delete(first.LinkSocket);

        var (exitCode, said) = await RunAsync(TestGateway.Settings(first.Folder, $"http://127.0.0.1:{FreePort.Take()}"));

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"The gateway does not start: Another gateway is running with the runtime folder {first.Folder.At("run")}; stop it, or set Runtime:Directory to another folder.", said.Trim());
        await AnswersAsync(script, session);
    }

    [Fact]
    public async Task A_second_gateway_on_the_same_transcripts_touches_no_runner_that_bears_its_label()
    {
        await using var first = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(first);
        var session = await RunningAsync(script);
        var settings = TestGateway.Settings(first.Folder, $"http://127.0.0.1:{FreePort.Take()}");
        settings["Runtime:Directory"] = first.Folder.At("another");
        // Both find the same runners, as those do that have one label on one engine.
        var launcher = first.Services.GetRequiredService<IRunnerLauncher>();
        Assert.Single(await launcher.FindAsync(default));
        await using var second = await Program.BuildAsync(TestGateway.Arguments(settings), builder => builder.Services.Replace(ServiceDescriptor.Singleton(launcher)));

        var refused = await Assert.ThrowsAsync<GatewayConfigurationException>(() => second.StartAsync());

        Assert.Contains(first.Folder.At("transcripts"), refused.Message, StringComparison.Ordinal);
        Assert.Contains("Stop the other gateway", refused.Message, StringComparison.Ordinal);
        await AnswersAsync(script, session);
    }

    [Fact]
    public async Task The_runtime_folder_is_free_again_when_its_gateway_has_ended()
    {
        await using var first = await TestGateway.StartAsync();
        await first.CloseAsync();
        await using var again = await TestGateway.StartAsync(existing: first.Folder, port: first.Port);
        Assert.NotNull(again.Services);
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SafeConsole.Gateway"), TestGateway.Arguments(settings)) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
            await output;
            await process.WaitForExitAsync();
            return (process.ExitCode, errors);
        }
        finally
        {
            process.Kill();
        }
    }

    private static async Task<string> RunningAsync(Script script)
    {
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        return session;
    }

    private static async Task AnswersAsync(Script script, string session)
    {
        await using var follower = await script.FollowAsync(session);
        await script.TypeAsync(session, "echo alive $((40+2))\r");
        await follower.ShowsAsync("alive 42");
    }
}
