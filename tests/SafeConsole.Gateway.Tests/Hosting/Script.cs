using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>A script with a bearer token: the HTTP API and the hub.</summary>
public sealed class Script : IAsyncDisposable
{
    private readonly TestGateway gateway;
    private readonly string token;
    private HubConnection? hub;

    private Script(TestGateway gateway, string token)
    {
        this.gateway = gateway;
        this.token = token;
        Http = new HttpClient(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(gateway.Origin) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Its requests.</summary>
    public HttpClient Http { get; }

    /// <summary>A script with the developer's role.</summary>
    public static Task<Script> DeveloperAsync(TestGateway gateway) => OfAsync(gateway, "demo-script");

    /// <summary>A script with the reviewer's role.</summary>
    public static Task<Script> ReviewerAsync(TestGateway gateway) => OfAsync(gateway, "demo-script-reviewer");

    /// <summary>A script with the SRE's role.</summary>
    public static Task<Script> SreAsync(TestGateway gateway) => OfAsync(gateway, "demo-script-sre");

    /// <summary>Gets a token with the client's published secret.</summary>
    public static async Task<Script> OfAsync(TestGateway gateway, string client)
    {
        using var http = new HttpClient(new HttpClientHandler { UseProxy = false }) { BaseAddress = new Uri(gateway.Origin) };
        using var answer = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = $"{client}-secret",
        }));
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new Script(gateway, body.GetProperty("access_token").GetString()!);
    }

    /// <summary>Opens a session; returns its id.</summary>
    public async Task<string> OpenAsync(string target = "shell")
    {
        using var answer = await Http.PostAsJsonAsync("/api/sessions", new { target, reason = "T-1 testing" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>The hub, connected.</summary>
    public async Task<HubConnection> HubAsync() => hub ??= await NewHubAsync();

    /// <summary>A further connection to the hub.</summary>
    public async Task<HubConnection> NewHubAsync()
    {
        var connection = new HubConnectionBuilder().WithUrl($"{gateway.Origin}/hub/console", options =>
        {
            options.Headers["Authorization"] = $"Bearer {token}";
            options.Proxy = null;
        }).Build();
        await connection.StartAsync();
        return connection;
    }

    /// <summary>Follows a session over the hub.</summary>
    public async Task<Follower> FollowAsync(string session, long from = 1, bool acknowledge = true) =>
        new(await HubAsync(), session, from, acknowledge);

    /// <summary>Types a line.</summary>
    public async Task TypeAsync(string session, string text) =>
        await (await HubAsync()).InvokeAsync("Input", session, System.Text.Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (hub is not null)
            await hub.DisposeAsync();
        Http.Dispose();
    }
}
