using System.Net;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Borders;

public sealed class WebPageTests
{
    [Fact]
    public async Task Without_built_pages_it_says_how_to_build_them()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(gateway.Origin) };
        using var answer = await http.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("npm run build", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Built_pages_are_served_and_the_application_under_every_address_that_it_routes()
    {
        using var folder = new TemporaryFolder();
        new PolicyFolder(folder.At("policies")).WriteDefaults();
        Directory.CreateDirectory(folder.At("web", "assets"));
        await File.WriteAllTextAsync(folder.At("web", "index.html"), "<!doctype html>the application");
        await File.WriteAllTextAsync(folder.At("web", "assets", "main-1a2b.js"), "let x");
        await File.WriteAllTextAsync(folder.At("secret.txt"), "secret");
        await using var gateway = await TestGateway.StartAsync(existing: folder);
        using var http = new HttpClient { BaseAddress = new Uri(gateway.Origin) };

        foreach (var path in new[] { "/", "/consoles", "/review/some-id", "/sessions/1" })
            Assert.Contains("the application", await http.GetStringAsync(path), StringComparison.Ordinal);
        using var asset = await http.GetAsync("/assets/main-1a2b.js");
        Assert.Equal("text/javascript", asset.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        foreach (var path in new[] { "/assets/other.js", "/api/unknown", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/hub/unknown" })
        {
            using var missing = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }
    }
}
