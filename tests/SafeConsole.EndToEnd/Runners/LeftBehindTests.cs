using System.Globalization;
using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd.Runners;

/// <summary>No runner outlives its gateway, and no session its record.</summary>
[Collection(SiteTests.Name)]
public sealed class LeftBehindTests(Site site)
{
    private const int Sessions = 10;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("docker")]
    [InlineData("sandbox")]
    public async Task Killed_gateway_leaves_none_of_ten_runners_and_ten_interrupted_transcripts(string launcher)
    {
        await using var docker = await DockerGateway.StartAsync(site.Cluster, new Dictionary<string, string> { ["Console:SessionsPerPerson"] = "20" });
        var gateway = docker.Gateway;
        if (launcher == "sandbox")
            gateway.EditPolicy(DockerGateway.Shell, policy => policy.Replace("launcher: docker\n  image: safeconsole/runner:dev\n", "launcher: sandbox\n", StringComparison.Ordinal));
        var marker = $"77{Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture)}";
        var opened = await OpenAsync(gateway, marker);
        Assert.Equal(Sessions, HostProcesses.With($"sleep {marker}").Length);

        await gateway.KillAsync();

        // Their links break, and that is all they hear of it.
        await Eventually.HoldsAsync(() => HostProcesses.With($"sleep {marker}").Length == 0, "the runners' processes are gone", Grace);
        await gateway.StartAgainAsync();
        await Eventually.HoldsAsync(async () => (await docker.ContainersAsync()).Length == 0, "the containers are gone", Grace);
        await using var script = await ConsoleClient.DeveloperAsync(gateway.Address);
        await using var reviewer = await ConsoleClient.ReviewerAsync(gateway.Address);
        foreach (var session in opened)
        {
            var answer = await script.GetAsync($"/api/sessions/{session}");
            Assert.Equal("GatewayInterrupted", answer.GetProperty("endReason").GetString());
            Assert.NotEqual(DockerGateway.Shell, answer.GetProperty("title").GetString());
            var verification = (await reviewer.GetAsync($"/api/review/sessions/{session}")).GetProperty("verification");
            Assert.True(verification.GetProperty("intact").GetBoolean() && verification.GetProperty("sealed").GetBoolean(), verification.ToString());
        }
    }

    private static async Task<List<string>> OpenAsync(RunningGateway gateway, string marker)
    {
        await using var client = await ConsoleClient.DeveloperAsync(gateway.Address);
        var sessions = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => client.OpenAsync(DockerGateway.Shell, "bash", "REC-7 left behind")));
        foreach (var session in sessions)
        {
            await session.ShowsAsync("$", within: Patience);
            await session.AskAsync($"setsid nohup sleep {marker} >/dev/null 2>&1 & echo started-$?", "started-0", Patience);
        }
        await Eventually.HoldsAsync(() => HostProcesses.With($"sleep {marker}").Count(process => HostProcesses.Name(process) == "sleep") == Sessions, "all of them sleep");
        return [.. sessions.Select(session => session.Id)];
    }
}
