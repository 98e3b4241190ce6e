using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Policies;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Operations;

public sealed class HealthTests
{
    [Fact]
    public async Task A_wrong_policy_edit_degrades_health_and_leaves_the_last_good_one_in_force()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var sre = await Script.SreAsync(gateway);
        using var anonymous = new HttpClient { BaseAddress = new Uri(gateway.Origin) };
        var before = await anonymous.GetFromJsonAsync<JsonElement>("/health");
        Assert.Equal("healthy", before.GetProperty("status").GetString());

        gateway.Policies.Write("shell", "titel: A shell\n");
        Assert.NotNull(await gateway.Services.GetRequiredService<PolicyStore>().ReloadAsync());
        var after = await anonymous.GetFromJsonAsync<JsonElement>("/health");
        Assert.Equal("degraded", after.GetProperty("status").GetString());
        Assert.Equal(before.GetProperty("policy").GetProperty("revision").GetString(), after.GetProperty("policy").GetProperty("revision").GetString());
        Assert.Equal(JsonValueKind.Null, after.GetProperty("policy").GetProperty("failure").ValueKind);

        var problem = (await sre.Http.GetFromJsonAsync<JsonElement>("/health")).GetProperty("policy").GetProperty("failure").GetProperty("problems")[0];
        Assert.Equal((1, 1), (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
        Assert.Contains("titel", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_policy_file_comes_into_force_by_itself()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var sre = await Script.SreAsync(gateway);
        gateway.Policies.Write("another", PolicyFolder.Shell());
        await Eventually.HoldsAsync(
            async () => (await sre.Http.GetFromJsonAsync<JsonElement>("/api/policies")).GetProperty("targets").GetArrayLength() == 3, "the new target is in force");
    }

    [Fact]
    public async Task SREs_read_the_policies_with_their_source()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var sre = await Script.SreAsync(gateway);
        var policies = await sre.Http.GetFromJsonAsync<JsonElement>("/api/policies");
        var shell = policies.GetProperty("targets").EnumerateArray().Single(target => target.GetProperty("name").GetString() == "shell");
        Assert.Equal(PolicyFolder.Shell(), shell.GetProperty("source").GetString());
    }

    [Fact]
    public async Task The_description_of_the_API_names_every_route_of_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var anonymous = new HttpClient { BaseAddress = new Uri(gateway.Origin) };
        var paths = (await anonymous.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();
        foreach (var path in new[] { "/api/me", "/api/targets", "/api/sessions", "/api/sessions/{id}", "/api/review/sessions", "/api/review/sessions/{id}", "/api/review/sessions/{id}/transcript", "/api/policies", "/health" })
            Assert.Contains(path, paths);
        Assert.DoesNotContain("/link/terminal", paths);
    }
}
