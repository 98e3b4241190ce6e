using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SafeConsole.Scripting;

namespace SafeConsole.EndToEnd;

/// <summary>The record of a real session, checked without any code of the gateway's.</summary>
[Collection(SiteTests.Name)]
public sealed class TranscriptTests(Site site)
{
    [Fact]
    public async Task Downloaded_transcript_is_a_chain_from_opening_to_end_and_holds_each_verdict_before_its_result()
    {
        var id = await SessionAsync();
        await using var reviewer = await ConsoleClient.ReviewerAsync(site.Gateway.Address);

        var text = await reviewer.Http.GetStringAsync($"/api/review/sessions/{id}/transcript");

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var previous = Hash($"safeconsole transcript 1\n{id}");
        foreach (var line in lines)
        {
            Assert.Equal(previous, JsonDocument.Parse(line).RootElement.GetProperty("prev").GetString());
            previous = Hash(line);
        }
        var types = lines.Select(line => JsonDocument.Parse(line).RootElement).Select(line => $"{line.GetProperty("type").GetString()} {Verdict(line)}".Trim()).ToList();
        Assert.Equal("session.opened", types[0]);
        Assert.Equal("session.ended", types[^1]);
        Assert.True(types.IndexOf("statement.judged approved") < types.IndexOf("statement.completed"));
        Assert.Contains("statement.judged denied", types);
        Assert.Contains("replica.proven", types);
    }

    [Fact]
    public async Task Finished_transcript_is_verified_and_sealed()
    {
        var id = await SessionAsync();
        await using var reviewer = await ConsoleClient.ReviewerAsync(site.Gateway.Address);

        var verification = (await reviewer.GetAsync($"/api/review/sessions/{id}")).GetProperty("verification");

        Assert.True(verification.GetProperty("intact").GetBoolean());
        Assert.True(verification.GetProperty("sealed").GetBoolean());
    }

    [Fact]
    public async Task Password_typed_without_echo_is_a_count_on_record()
    {
        await using var script = await ConsoleClient.DeveloperAsync(site.Gateway.Address);
        await using var session = await script.OpenAsync("recipes-shell", "bash", "REC-5 secrets");
        await session.ShowsAsync("$");
        // The prompt is typed in two pieces, so that the echo of the command is not taken for it.
        await session.AskAsync("read -s -p 'Pass''word: ' p", "Password: ");

        await session.TypeAsync("hunter-two-is-secret\r");
        await session.AskAsync("echo length ${#p}", "length 20");

        Assert.DoesNotContain(session.Entries, entry => entry.Body.GetRawText().Contains("hunter-two", StringComparison.Ordinal));
        Assert.Contains(session.Entries, entry => entry.Type == "terminal.input" && entry.Text("hidden") == "21");
    }

    private async Task<string> SessionAsync()
    {
        await using var script = await ConsoleClient.DeveloperAsync(site.Gateway.Address);
        await using var session = await script.OpenAsync("recipes", "psql", "REC-5 the record");
        await session.ShowsAsync("recipes=>");
        await session.AskAsync("SELECT 1 AS one;", "(1 row)");
        await session.AskAsync("DROP TABLE recipes;", "ERROR:");
        await session.EndAsync();
        await session.RecordsAsync("session.ended");
        return session.Id;
    }

    private static string? Verdict(JsonElement line) => line.TryGetProperty("verdict", out var verdict) ? verdict.GetString() : null;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
