using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Operations;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task Without_demo_and_without_an_issuer_it_does_not_start() =>
        RefusesAsync(settings =>
        {
            settings.Remove("Demo:Enabled");
            settings["Web:Origin"] = "https://safeconsole.example.com";
        }, "Nobody could sign in");

    [Fact]
    public Task A_demo_beside_a_real_issuer_does_not_start() =>
        RefusesAsync(settings => settings["Authentication:Issuer"] = "https://issuer.example.com", "must not stand beside a real identity provider");

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.0.2.1:0")]
    public Task A_demo_on_a_reachable_address_does_not_start(string url) =>
        RefusesAsync(settings => settings["Urls"] = $"http://127.0.0.1:0;{url}", "loopback addresses only");

    [Fact]
    public Task A_demo_under_a_public_origin_does_not_start() =>
        RefusesAsync(settings => settings["Web:Origin"] = "https://safeconsole.example.com", "loopback addresses only");

    [Fact]
    public Task A_demo_that_is_neither_on_nor_off_does_not_start() =>
        RefusesAsync(settings => settings["Demo:Enabled"] = "yes", "must be true or false");

    [Fact]
    public Task Plain_http_outside_the_demo_does_not_start() =>
        RefusesAsync(settings =>
        {
            settings.Remove("Demo:Enabled");
            settings["Web:Origin"] = "http://safeconsole.example.com";
            settings["Authentication:Issuer"] = "https://issuer.example.com";
        }, "must be https");

    [Fact]
    public Task A_literal_client_secret_does_not_start() =>
        RefusesAsync(settings =>
        {
            settings.Remove("Demo:Enabled");
            settings["Web:Origin"] = "https://safeconsole.example.com";
            settings["Authentication:Issuer"] = "https://issuer.example.com";
            settings["Authentication:ClientId"] = "safeconsole";
            settings["Authentication:ClientSecret"] = "hunter2";
        }, "must be a reference");

    [Fact]
    public Task A_wrong_policy_does_not_start_and_is_named() =>
        RefusesAsync(_ => new PolicyFolder(folder.At("policies")).Write("wrong", "titel: x\n"), "wrong.yaml");

    [Fact]
    public async Task With_a_real_issuer_there_is_no_local_password_page()
    {
        var settings = Settings();
        settings.Remove("Demo:Enabled");
        settings["Web:Origin"] = "https://safeconsole.example.com";
        settings["Authentication:Issuer"] = "https://issuer.example.com";
        settings["Authentication:ClientId"] = "safeconsole";
        settings["Authentication:Audience"] = "safeconsole";
        await using var app = await Program.BuildAsync(TestGateway.Arguments(settings));
        var routes = ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)
            .OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>().Select(route => route.RoutePattern.RawText).ToArray();
        Assert.Contains("/sign-in", routes);
        Assert.DoesNotContain("/account/login", routes);
        Assert.DoesNotContain("/connect/token", routes);
    }

    private Dictionary<string, string> Settings()
    {
        new PolicyFolder(folder.At("policies")).WriteDefaults();
        return TestGateway.Settings(folder, "http://127.0.0.1:0");
    }

    private async Task RefusesAsync(Action<Dictionary<string, string>> change, string because)
    {
        var settings = Settings();
        change(settings);
        var refused = await Assert.ThrowsAsync<GatewayConfigurationException>(() => Program.BuildAsync(TestGateway.Arguments(settings)));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }
}
