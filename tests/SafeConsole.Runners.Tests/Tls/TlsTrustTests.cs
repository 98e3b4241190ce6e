using SafeConsole.Runners.Frames;
using SafeConsole.Runners.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Runners.Tests.Tls;

/// <summary>A runner tells its ticket to its gateway and to nobody who merely has its address; and it does not outlive it.</summary>
public sealed class TlsTrustTests
{
    private static readonly LinkCertificate Gateway = LinkCertificate.For("localhost");
    private static readonly string Address = $"https://localhost:{TlsLauncher.Port}";

    [Fact]
    public Task Certificate_of_another_authority_is_refused() => RefusesAsync(Gateway, LinkCertificate.For("localhost").Authority, "certificate");

    [Fact]
    public Task Certificate_of_another_name_is_refused()
    {
        var other = LinkCertificate.For("elsewhere");
        return RefusesAsync(other, other.Authority, "RemoteCertificateNameMismatch");
    }

    [Fact]
    public Task Without_an_authority_the_systems_decide() => RefusesAsync(Gateway, null, "certificate");

    [Fact]
    public async Task Authority_that_is_no_certificate_is_a_sentence()
    {
        Assert.Contains("SAFECONSOLE_GATEWAY_CA holds no certificate", await SentenceAsync(Gateway, "nothing", Address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8444")]
    [InlineData("https://localhost:8444/path")]
    [InlineData("https://user@localhost:8444")]
    [InlineData("localhost:8444")]
    public async Task Other_addresses_are_refused(string address)
    {
        Assert.Contains("it must be 'unix:' and the absolute path of the gateway's socket, or https://host:port", await SentenceAsync(Gateway, Gateway.Authority, address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runner_ends_by_itself_when_its_gateways_host_is_gone_without_a_word()
    {
        await using var server = await LinkServer.StartAsync(Gateway);
        using var launcher = new TlsLauncher(server, Gateway.Authority, Address);
        await using var repl = await Repl.BashAsync(launcher, server);

        await ((TlsRunner)repl.Runner).LoseNetworkAsync();

        // Half a minute, and what a busy machine adds.
        await repl.Runner.Exited.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Runner_that_prints_ends_by_itself_as_well()
    {
        await using var server = await LinkServer.StartAsync(Gateway);
        using var launcher = new TlsLauncher(server, Gateway.Authority, Address);
        await using var repl = await Repl.StartAsync(launcher, server, ["bash", "-c", "while echo printed; do sleep 0.1; done"]);
        await repl.SeeAsync("printed");

        await ((TlsRunner)repl.Runner).LoseNetworkAsync();

        await repl.Runner.Exited.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>As when its user is away from a flood of output: the gateway's host answers, but takes nothing more.</summary>
    [Fact]
    public async Task Gateway_that_does_not_read_keeps_its_runner()
    {
        await using var server = await LinkServer.StartAsync(Gateway);
        using var launcher = new TlsLauncher(server, Gateway.Authority, Address);
        await using var repl = await Repl.LaunchAsync(launcher, server);
        await repl.StartAsync(["bash", "-c", "yes | head -c 40000000; echo the-end"]);

        await Task.WhenAny(repl.Runner.Exited, Task.Delay(TimeSpan.FromSeconds(40)));

        Assert.False(repl.Runner.Exited.IsCompleted);
        long received = 0;
        // What was held up comes with the kernel's next look at the closed window, whose pauses have grown meanwhile; they grow to two minutes (TCP_RTO_MAX).
        while (await repl.Link.ReceiveAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromMinutes(2)) is OutputFrame output)
            received += output.Data.Length;
        // Each line ends in two characters on a terminal.
        Assert.Equal(60_000_000 + "the-end\r\n".Length, received);
    }

    private static async Task RefusesAsync(LinkCertificate certificate, string? authority, string why)
    {
        var sentence = await SentenceAsync(certificate, authority, Address);
        Assert.StartsWith("The gateway could not be reached at /link/terminal: ", sentence, StringComparison.Ordinal);
        Assert.Contains(why, sentence, StringComparison.Ordinal);
    }

    private static async Task<string> SentenceAsync(LinkCertificate certificate, string? authority, string address)
    {
        await using var server = await LinkServer.StartAsync(certificate);
        var spec = server.NewSpec();
        using var launcher = new TlsLauncher(server, authority, address);
        await using var runner = await launcher.LaunchAsync(spec, NoProgress.Instance, CancellationToken.None);
        await runner.Exited.WaitAsync(Deadline.Usual);
        // The ticket was told to nobody.
        Assert.True(server.Tickets.TryRedeem(spec.Ticket.Secret, out _));
        return runner.EndSentence!;
    }
}
