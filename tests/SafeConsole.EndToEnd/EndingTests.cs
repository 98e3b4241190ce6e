using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd;

/// <summary>However a session ends: its processes are gone within 2 s, and the transcript says why in a sentence.</summary>
[Collection(SiteTests.Name)]
public sealed class EndingTests(Site site)
{
    [Fact]
    public async Task Exit_in_the_repl_ends_the_session()
    {
        await using var shell = await BusyShell.StartAsync(site.Gateway);

        await shell.Session.TypeAsync("exit 7\r");

        var (reason, sentence) = await shell.EndAsync();
        await shell.IsGoneAsync();
        Assert.Equal("ReplExited", reason);
        Assert.Contains("7", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_button_ends_the_session()
    {
        await using var shell = await BusyShell.StartAsync(site.Gateway);

        await shell.Session.EndAsync();

        Assert.Equal("EndedByOwner", (await shell.EndAsync()).Reason);
        await shell.IsGoneAsync();
    }

    [Fact]
    public async Task Death_of_the_runner_ends_the_session()
    {
        await using var shell = await BusyShell.StartAsync(site.Gateway);

        (await FinishedProcess.RunAsync("kill", ["-KILL", $"{shell.Agent}"])).OrThrow();

        Assert.Equal("RunnerLost", (await shell.EndAsync()).Reason);
        await shell.IsGoneAsync();
    }

    [Fact]
    public async Task Shutdown_of_the_gateway_ends_sessions_in_order()
    {
        await using var gateway = await RunningGateway.StartAsync(site.Cluster);
        var shell = await BusyShell.StartAsync(gateway);

        var stopping = gateway.StopAsync();

        Assert.Equal("GatewayShutdown", (await shell.EndAsync()).Reason);
        await stopping;
        await shell.IsGoneAsync();
        await gateway.StartAgainAsync();
        Assert.Equal("GatewayShutdown", await EndReasonAsync(gateway, shell));
    }

    [Fact]
    public async Task Crash_of_the_gateway_takes_the_runners_with_it_and_the_next_start_closes_their_transcripts()
    {
        await using var gateway = await RunningGateway.StartAsync(site.Cluster);
        var shell = await BusyShell.StartAsync(gateway);

        await gateway.KillAsync();
        await shell.IsGoneAsync();
        await gateway.StartAgainAsync();

        Assert.Equal("GatewayInterrupted", await EndReasonAsync(gateway, shell));
    }

    [Fact]
    public async Task Withdrawn_access_ends_the_session()
    {
        await using var gateway = await RunningGateway.StartAsync(site.Cluster);
        await using var shell = await BusyShell.StartAsync(gateway);

        gateway.EditPolicy("recipes-shell", text => text.Replace("safeconsole-developers", "somebody-else", StringComparison.Ordinal));

        Assert.Equal("PolicyWithdrawn", (await shell.EndAsync()).Reason);
        await shell.IsGoneAsync();
    }

    [Theory]
    [InlineData("IdleLimit", "60s", "5s")]
    [InlineData("SessionLimit", "15s", "15s")]
    public async Task Limit_of_the_policy_ends_the_session(string expected, string sessionLength, string idle)
    {
        await using var gateway = await RunningGateway.StartAsync(site.Cluster, edit: ("recipes-shell", policy => policy.WithLimit("sessionLength", sessionLength).WithLimit("idle", idle)));
        await using var shell = await BusyShell.StartAsync(gateway);

        Assert.Equal(expected, (await shell.EndAsync()).Reason);
        await shell.IsGoneAsync();
    }

    private static async Task<string?> EndReasonAsync(RunningGateway gateway, BusyShell shell)
    {
        await using var script = await ConsoleClient.DeveloperAsync(gateway.Address);
        var session = await script.GetAsync($"/api/sessions/{shell.Session.Id}");
        Assert.Equal("ended", session.GetProperty("state").GetString());
        return session.GetProperty("endReason").GetString();
    }
}
