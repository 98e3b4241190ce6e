using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace SafeConsole.Scripting;

/// <summary>A script's way into SafeConsole: a bearer token by client credentials, the HTTP API, and the hub. Uses nothing else.</summary>
public sealed class ConsoleClient : IAsyncDisposable
{
    private readonly HubConnection hub;

    private ConsoleClient(HttpClient http, HubConnection hub) => (Http, this.hub) = (http, hub);

    /// <summary>The HTTP API; every request carries the token.</summary>
    public HttpClient Http { get; }

    /// <summary>Signs in as a client of the gateway's demo mode and connects to the hub.</summary>
    public static async Task<ConsoleClient> ConnectAsync(Uri gateway, string client, string secret, CancellationToken cancellation = default)
    {
        var http = new HttpClient { BaseAddress = gateway };
        var token = await SignInAsync(http, client, secret, cancellation);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(gateway, "/hub/console"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .AddMessagePackProtocol()
            .Build();
        await hub.StartAsync(cancellation);
        return new ConsoleClient(http, hub);
    }

    /// <summary>The demo's developer for scripts.</summary>
    public static Task<ConsoleClient> DeveloperAsync(Uri gateway) => ConnectAsync(gateway, "demo-script", "demo-script-secret");

    /// <summary>The demo's reviewer for scripts.</summary>
    public static Task<ConsoleClient> ReviewerAsync(Uri gateway) => ConnectAsync(gateway, "demo-script-reviewer", "demo-script-reviewer-secret");

    /// <summary>Opens a session and begins to follow it. Returns at once: launch progress is in the transcript.</summary>
    public async Task<OpenedSession> OpenAsync(string target, string option, string reason, int columns = 120, int rows = 40)
    {
        using var answer = await Http.PostAsJsonAsync("/api/sessions", new { target, option, reason, columns, rows });
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"Opening {target} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        return new OpenedSession(id, hub);
    }

    /// <summary>The lines that a runner's log has by now, for SREs.</summary>
    public async Task<IReadOnlyList<RunnerLine>> FirstRunnerLinesAsync(string session)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var batch in hub.StreamAsync<IReadOnlyList<RunnerLine>>("FollowRunnerLog", session, patience.Token))
        {
            return batch;
        }
        return [];
    }

    /// <summary>GET of the HTTP API as JSON.</summary>
    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        Http.Dispose();
    }

    private static async Task<string> SignInAsync(HttpClient http, string client, string secret, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = secret,
        });
        using var answer = await http.PostAsync("/connect/token", form, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"Signing in as {client} was answered {(int)answer.StatusCode}: {body}");
        }
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("access_token").GetString()!;
    }
}
