using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SafeConsole.Gateway.Authentication.Demo;
using SafeConsole.Gateway.Tests.Hosting;

namespace SafeConsole.Gateway.Tests.Authentication;

public sealed class SignInTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private TestGateway Gateway => fixture.Gateway;

    [Theory]
    [InlineData("dana", "developer", "console:open")]
    [InlineData("rosa", "reviewer", "review:read")]
    [InlineData("sam", "sre", "policy:read,operations:read,session:end-any")]
    public async Task Each_demo_account_signs_in_by_the_form_and_gets_its_role(string user, string role, string permissions)
    {
        using var browser = new Browser(Gateway);
        Assert.Equal("/consoles?x=1", await browser.SignInAsync(user, returnUrl: "/consoles?x=1"));
        var me = await browser.Http.GetFromJsonAsync<JsonElement>("/api/me");
        Assert.Equal(user, me.GetProperty("subject").GetString());
        Assert.Equal([role], me.GetProperty("roles").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(permissions, string.Join(',', me.GetProperty("permissions").EnumerateArray().Select(item => item.GetString())));
        Assert.True(me.GetProperty("demo").GetBoolean());
    }

    [Fact]
    public async Task Wrong_password_is_refused_and_leaves_nobody_signed_in()
    {
        using var browser = new Browser(Gateway);
        var page = await browser.LogInPageAsync();
        using var refused = await browser.SubmitAsync(page, "rosa", "demo-dana");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("do not fit together", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var me = await browser.Http.GetAsync("/api/me");
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    public async Task Failing_as_another_after_logging_in_forgets_the_log_in()
    {
        using var browser = new Browser(Gateway);
        var page = await browser.LogInPageAsync();
        using var right = await browser.SubmitAsync(page, "dana", "demo-dana");
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        using var wrong = await browser.SubmitAsync(page, "sam", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var authorize = await browser.Http.GetAsync(right.Headers.Location);
        Assert.StartsWith("/account/login", authorize.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_in_serves_one_authorization_only()
    {
        using var browser = new Browser(Gateway);
        var page = await browser.LogInPageAsync();
        using var right = await browser.SubmitAsync(page, "dana", "demo-dana");
        using var first = await browser.Http.GetAsync(right.Headers.Location);
        Assert.Contains("code=", first.Headers.Location!.Query, StringComparison.Ordinal);
        using var second = await browser.Http.GetAsync(right.Headers.Location);
        Assert.StartsWith("/account/login", second.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_in_page_says_what_the_demo_is_and_holds_no_script()
    {
        using var browser = new Browser(Gateway);
        var page = await browser.LogInPageAsync();
        Assert.Contains("demonstration on this machine alone", page, StringComparison.Ordinal);
        Assert.All(DemoAccount.All, account => Assert.Contains(account.Password, page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_log_in_form_of_another_page_is_refused()
    {
        using var browser = new Browser(Gateway);
        await browser.LogInPageAsync();
        using var refused = await browser.Http.PostAsync("/account/login", new FormUrlEncodedContent(new Dictionary<string, string> { ["user"] = "dana", ["password"] = "demo-dana" }));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("evil")]
    public async Task A_return_address_off_this_site_is_refused(string returnUrl)
    {
        using var browser = new Browser(Gateway);
        using var answer = await browser.Http.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_session_cookie_is_closed_to_scripts_and_to_other_sites()
    {
        using var browser = new Browser(Gateway);
        var page = await browser.LogInPageAsync();
        using var authorize = await browser.SubmitAsync(page, "dana", "demo-dana");
        using var callback = await browser.Http.GetAsync(authorize.Headers.Location);
        using var signedIn = await browser.Http.GetAsync(callback.Headers.Location);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Last(header => header.StartsWith($"safeconsole-{Gateway.Port}=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_that_this_browser_did_not_begin_signs_nobody_in()
    {
        using var attacker = new Browser(Gateway);
        var page = await attacker.LogInPageAsync();
        using var authorize = await attacker.SubmitAsync(page, "rosa", "demo-rosa");
        using var callback = await attacker.Http.GetAsync(authorize.Headers.Location);

        using var victim = new Browser(Gateway);
        using var forged = await victim.Http.GetAsync(callback.Headers.Location);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var me = await victim.Http.GetAsync("/api/me");
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_cookie_session()
    {
        using var browser = new Browser(Gateway);
        await browser.SignInAsync("dana");
        browser.Http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", await browser.AntiforgeryAsync());
        using var signedOut = await browser.Http.PostAsync("/sign-out", null);
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        using var me = await browser.Http.GetAsync("/api/me");
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    public async Task Sign_in_info_lists_accounts_without_passwords()
    {
        using var browser = new Browser(Gateway);
        var info = await browser.Http.GetStringAsync("/api/sign-in-info");
        Assert.Contains("\"name\":\"dana\"", info, StringComparison.Ordinal);
        Assert.DoesNotContain("demo-dana", info, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("CfDJ8AAAA")]
    public async Task A_bearer_token_that_the_issuer_did_not_give_is_refused(string token)
    {
        using var browser = new Browser(Gateway);
        browser.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var me = await browser.Http.GetAsync("/api/me");
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    public async Task A_bearer_token_is_not_outweighed_by_a_cookie()
    {
        using var browser = new Browser(Gateway);
        await browser.SignInAsync("dana");
        browser.Http.DefaultRequestHeaders.Authorization = new("Bearer", "nonsense");
        using var me = await browser.Http.GetAsync("/api/me");
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    public async Task A_script_gets_a_token_with_its_secret_and_not_without()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var me = await script.Http.GetFromJsonAsync<JsonElement>("/api/me");
        Assert.Equal("demo-script", me.GetProperty("subject").GetString());
        using var http = new HttpClient { BaseAddress = new Uri(Gateway.Origin) };
        using var refused = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = "demo-script", ["client_secret"] = "wrong",
        }));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }
}
