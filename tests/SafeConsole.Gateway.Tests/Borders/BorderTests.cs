using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using SafeConsole.Gateway.Tests.Hosting;

namespace SafeConsole.Gateway.Tests.Borders;

public sealed class BorderTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private TestGateway Gateway => fixture.Gateway;

    [Fact]
    public async Task A_cookie_caller_needs_the_antiforgery_token_to_change_anything()
    {
        using var browser = new Browser(Gateway);
        await browser.SignInAsync("dana");
        using var without = await browser.Http.PostAsJsonAsync("/api/sessions", new { target = "none" });
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        browser.Http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", await browser.AntiforgeryAsync());
        using var with = await browser.Http.PostAsJsonAsync("/api/sessions", new { target = "none" });
        Assert.Equal(HttpStatusCode.NotFound, with.StatusCode);
    }

    [Fact]
    public async Task The_antiforgery_token_of_somebody_else_is_refused()
    {
        using var other = new Browser(Gateway);
        await other.SignInAsync("rosa");
        using var browser = new Browser(Gateway);
        await browser.SignInAsync("dana");
        await browser.AntiforgeryAsync();
        browser.Http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", await other.AntiforgeryAsync());
        using var answer = await browser.Http.PostAsJsonAsync("/api/sessions", new { target = "none" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_request_from_another_origin_is_refused_even_with_the_token()
    {
        using var browser = new Browser(Gateway);
        await browser.SignInAsync("dana");
        browser.Http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", await browser.AntiforgeryAsync());
        browser.Http.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        using var answer = await browser.Http.PostAsJsonAsync("/api/sessions", new { target = "none" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("http://evil.example", HttpStatusCode.BadRequest)]
    [InlineData("http://127.0.0.1", HttpStatusCode.BadRequest)]
    [InlineData("self", HttpStatusCode.OK)]
    public async Task The_hub_takes_cookies_from_its_own_origin_alone(string? origin, HttpStatusCode expected)
    {
        using var browser = new Browser(Gateway);
        await browser.SignInAsync("dana");
        if (origin is not null)
            browser.Http.DefaultRequestHeaders.Add("Origin", origin == "self" ? Gateway.Origin : origin);
        using var answer = await browser.Http.PostAsync("/hub/console/negotiate?negotiateVersion=1", null);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_web_socket_from_another_origin_is_refused()
    {
        using var browser = new Browser(Gateway);
        await browser.SignInAsync("dana");
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", browser.CookieHeader);
        socket.Options.SetRequestHeader("Origin", "http://evil.example");
        var refused = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Gateway.Port}/hub/console"), CancellationToken.None));
        Assert.Contains("400", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task Another_host_name_is_refused(string host)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Gateway.Origin) };
        http.DefaultRequestHeaders.Host = host;
        using var answer = await http.GetAsync("/api/sign-in-info");
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Localhost_is_led_to_the_origin()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Gateway.Origin) };
        http.DefaultRequestHeaders.Host = $"localhost:{Gateway.Port}";
        using var answer = await http.GetAsync("/consoles?x=1");
        Assert.Equal($"{Gateway.Origin}/consoles?x=1", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/link/terminal")]
    [InlineData("/link/database")]
    public async Task Links_do_not_exist_on_tcp(string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Gateway.Origin) };
        using var answer = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/api/me")]
    [InlineData("/sign-in")]
    [InlineData("/connect/token")]
    [InlineData("/connect/authorize")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/hub/console/negotiate")]
    [InlineData("/openapi/v1.json")]
    public async Task Nothing_but_links_exists_on_the_link_socket(string path)
    {
        using var http = LinkClient();
        using var get = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        using var post = await http.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
    }

    [Theory]
    [InlineData("/link/terminal", "Ticket nonsense")]
    [InlineData("/link/terminal", null)]
    [InlineData("/link/database", "Link nonsense")]
    [InlineData("/link/database", null)]
    public async Task A_link_without_its_secret_is_refused(string path, string? authorization)
    {
        using var http = LinkClient();
        if (authorization is not null)
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public void The_link_socket_is_open_to_runner_users_in_a_folder_that_only_the_gateway_writes()
    {
        Assert.Equal((UnixFileMode)0b110_110_110, File.GetUnixFileMode(Gateway.LinkSocket));
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(Path.GetDirectoryName(Gateway.LinkSocket)!));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/me")]
    [InlineData("/account/login")]
    public async Task Every_answer_forbids_foreign_script_frames_and_sniffing(string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Gateway.Origin) };
        using var answer = await http.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    private HttpClient LinkClient() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Gateway.LinkSocket), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://link"),
    };
}
