using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>A browser as far as signing in goes: keeps cookies, follows redirects by itself, posts the real form.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, UseProxy = false };
    private readonly string origin;

    /// <summary>A browser that knows nothing yet.</summary>
    public Browser(TestGateway gateway)
    {
        origin = gateway.Origin;
        Http = new HttpClient(handler) { BaseAddress = new Uri(origin) };
    }

    /// <summary>Its requests: with cookies, without following redirects.</summary>
    public HttpClient Http { get; }

    /// <summary>Its cookies.</summary>
    public CookieCollection Cookies => handler.CookieContainer.GetCookies(new Uri(origin));

    /// <summary>The cookies as a header.</summary>
    public string CookieHeader => handler.CookieContainer.GetCookieHeader(new Uri(origin));

    /// <summary>Signs in by the log-in form; returns where the browser ended.</summary>
    public async Task<string> SignInAsync(string user, string? password = null, string returnUrl = "/")
    {
        var (page, _) = await FollowAsync(await Http.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}"));
        using (page)
        {
            var answer = await SubmitAsync(await page.Content.ReadAsStringAsync(), user, password ?? $"demo-{user}");
            var (end, path) = await FollowAsync(answer);
            end.Dispose();
            return path;
        }
    }

    /// <summary>Fetches the log-in page for a sign-in that was begun.</summary>
    public async Task<string> LogInPageAsync()
    {
        var (page, _) = await FollowAsync(await Http.GetAsync("/sign-in"));
        using (page)
            return await page.Content.ReadAsStringAsync();
    }

    /// <summary>Posts the log-in form of a page.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string page, string user, string password)
    {
        var fields = Hidden().Matches(page).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));
        fields["user"] = user;
        fields["password"] = password;
        return Http.PostAsync("/account/login", new FormUrlEncodedContent(fields));
    }

    /// <summary>Follows redirects to their end; returns the answer and its path.</summary>
    public async Task<(HttpResponseMessage Answer, string Path)> FollowAsync(HttpResponseMessage answer)
    {
        for (var hops = 0; hops < 10 && answer.StatusCode is HttpStatusCode.Redirect; hops++)
        {
            var next = new Uri(new Uri(origin), answer.Headers.Location!);
            Assert.Equal(origin, next.GetLeftPart(UriPartial.Authority));
            answer.Dispose();
            answer = await Http.GetAsync(next);
        }

        return (answer, answer.RequestMessage!.RequestUri!.PathAndQuery);
    }

    /// <summary>The token for unsafe methods.</summary>
    public async Task<string> AntiforgeryAsync() =>
        (await Http.GetFromJsonAsync<Dictionary<string, string>>("/api/antiforgery"))!["token"];

    /// <inheritdoc/>
    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();
}
