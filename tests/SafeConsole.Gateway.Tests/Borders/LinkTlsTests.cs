using System.Net;
using Microsoft.Extensions.Configuration;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Borders;

/// <summary>The listener for links of runners on other hosts.</summary>
public sealed class LinkTlsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LinkCertificate certificate = LinkCertificate.For("127.0.0.1");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("/link/terminal", HttpStatusCode.Unauthorized)]
    [InlineData("/link/database", HttpStatusCode.Unauthorized)]
    [InlineData("/health", HttpStatusCode.NotFound)]
    [InlineData("/api/targets", HttpStatusCode.NotFound)]
    public async Task Links_are_served_by_tls_and_nothing_else_is(string path, HttpStatusCode expected)
    {
        var port = FreePort.Take();
        await using var gateway = await TestGateway.StartAsync(settings: Settings($"https://127.0.0.1:{port}"));
        using var client = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.ExportCertificatePem() == certificate.Certificate });

        Assert.Equal(expected, (await client.GetAsync($"https://127.0.0.1:{port}{path}")).StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"http://127.0.0.1:{port}{path}"));
        // Links stay off the browsers' port.
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(gateway.Origin + "/link/terminal")).StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9444", "it must be https://address:port")]
    [InlineData("https://127.0.0.1:9444/links", "it must be https://address:port")]
    [InlineData("https://127.0.0.1:8080", "links need a port of their own")]
    public void Wrong_address_stops_the_start(string url, string why) => Assert.Contains(why, Refused(Settings(url)), StringComparison.Ordinal);

    [Fact]
    public void Missing_certificate_stops_the_start()
    {
        Assert.Contains("needs Runners:LinkCertificate", Refused(new() { ["Runners:LinkUrl"] = "https://127.0.0.1:9444" }), StringComparison.Ordinal);

        var settings = Settings("https://127.0.0.1:9444");
        File.WriteAllText(folder.At("link.key"), "no key");
        Assert.Contains("cannot be read", Refused(settings), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_address_there_is_no_such_listener() => Assert.Null(LinkTls.Of(new ConfigurationBuilder().Build()));

    private static string Refused(Dictionary<string, string> settings) =>
        Assert.Throws<GatewayConfigurationException>(() => LinkTls.Of(new ConfigurationBuilder().AddInMemoryCollection(settings!).Build())).Message;

    private Dictionary<string, string> Settings(string url)
    {
        File.WriteAllText(folder.At("link.pem"), certificate.Certificate);
        File.WriteAllText(folder.At("link.key"), certificate.Key);
        return new() { ["Runners:LinkUrl"] = url, ["Runners:LinkCertificate"] = folder.At("link.pem"), ["Runners:LinkCertificateKey"] = folder.At("link.key") };
    }
}
