using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Review;

public sealed class ReviewTests : IAsyncLifetime
{
    private TestGateway gateway = null!;
    private Script developer = null!;
    private Script reviewer = null!;

    public async Task InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        developer = await Script.DeveloperAsync(gateway);
        reviewer = await Script.ReviewerAsync(gateway);
    }

    public async Task DisposeAsync()
    {
        await developer.DisposeAsync();
        await reviewer.DisposeAsync();
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Sessions_are_found_by_user_target_denials_and_state()
    {
        var plain = await EndedAsync();
        var denied = await EndedAsync(new StatementSubmitted(1, 1, "simple", "DELETE FROM x"), new StatementJudged(1, "denied", "statement.kind", "no", "r", null, null, null));
        var running = await developer.OpenAsync();
        Assert.Equal([running, denied, plain], await IdsAsync(""));
        Assert.Equal([denied], await IdsAsync("deniedOnly=true"));
        Assert.Equal([running], await IdsAsync("state=running"));
        Assert.Equal([denied, plain], await IdsAsync("state=ended&target=shell&user=demo-script"));
        Assert.Equal([running, denied, plain], await IdsAsync("user=SCRIPT"));
        Assert.Empty(await IdsAsync("user=d%25script"));
        Assert.Empty(await IdsAsync("target=other"));
        Assert.Empty(await IdsAsync("to=2020-01-01T00:00:00Z"));
        var item = (await reviewer.Http.GetFromJsonAsync<JsonElement>("/api/review/sessions?deniedOnly=true")).GetProperty("items")[0];
        Assert.Equal((1, 1, 0), (item.GetProperty("statements").GetInt32(), item.GetProperty("denied").GetInt32(), item.GetProperty("failed").GetInt32()));
    }

    [Fact]
    public async Task Pages_follow_each_other_by_key_without_loss_or_repetition()
    {
        var all = new List<string>();
        for (var count = 0; count < 5; count++)
            all.Insert(0, await EndedAsync());
        var seen = new List<string>();
        string? before = null;
        do
        {
            var page = await reviewer.Http.GetFromJsonAsync<JsonElement>($"/api/review/sessions?limit=2{(before is null ? "" : $"&before={before}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            before = page.GetProperty("next").GetString();
        }
        while (before is not null);
        Assert.Equal(all, seen);
        using var wrong = await reviewer.Http.GetAsync("/api/review/sessions?before=x");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_transcript_is_verified_and_downloaded_as_it_is_stored()
    {
        var session = await EndedAsync();
        var detail = await reviewer.Http.GetFromJsonAsync<JsonElement>($"/api/review/sessions/{session}");
        var verification = detail.GetProperty("verification");
        Assert.True(verification.GetProperty("intact").GetBoolean());
        Assert.True(verification.GetProperty("sealed").GetBoolean());
        var file = Directory.GetFiles(gateway.Folder.At("transcripts"), $"{session}*.ndjson", SearchOption.AllDirectories).Single();
        Assert.Equal(await File.ReadAllBytesAsync(file), await reviewer.Http.GetByteArrayAsync($"/api/review/sessions/{session}/transcript"));
    }

    [Fact]
    public async Task A_transcript_that_was_altered_is_called_so()
    {
        var session = await EndedAsync();
        var file = Directory.GetFiles(gateway.Folder.At("transcripts"), $"{session}*.ndjson", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("T-1 testing", "T-2 nothing", StringComparison.Ordinal));
        var detail = await reviewer.Http.GetFromJsonAsync<JsonElement>($"/api/review/sessions/{session}");
        Assert.False(detail.GetProperty("verification").GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task An_index_that_is_lost_is_written_again_from_the_transcripts()
    {
        var session = await EndedAsync(new StatementSubmitted(1, 1, "simple", "SELECT 1"), new StatementCompleted(1, 0, 7, 70, 1.5, null, null));
        var before = await ItemAsync(session);
        await gateway.CloseAsync();
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(gateway.Folder.At("data"), "gateway.db*"))
            File.Delete(file);
        await using var again = await TestGateway.StartAsync(existing: gateway.Folder, port: gateway.Port);
        await using var later = await Script.ReviewerAsync(again);
        var after = (await later.Http.GetFromJsonAsync<JsonElement>($"/api/review/sessions/{session}"));
        foreach (var name in new[] { "user", "target", "option", "reason", "state", "endReason", "endSentence", "statements", "denied", "failed", "rows" })
            Assert.Equal(before.GetProperty(name).ToString(), after.GetProperty(name).ToString());
    }

    [Fact]
    public async Task A_transcript_that_a_dead_gateway_left_open_is_closed_at_the_next_start()
    {
        var session = await EndedAsync();
        await gateway.CloseAsync();
        foreach (var file in Directory.GetFiles(gateway.Folder.At("transcripts"), $"{session}*", SearchOption.AllDirectories))
        {
            if (!file.EndsWith(".ndjson", StringComparison.Ordinal))
                File.Delete(file);
            else
                await File.WriteAllLinesAsync(file, (await File.ReadAllLinesAsync(file))[..^1]);
        }

        SqliteConnection.ClearAllPools();
        await using (var database = new SqliteConnection($"Data Source={gateway.Folder.At("data", "gateway.db")}"))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = "UPDATE Sessions SET EndedAt = NULL, EndReason = NULL";
            await command.ExecuteNonQueryAsync();
        }

        await using var again = await TestGateway.StartAsync(existing: gateway.Folder, port: gateway.Port);
        await using var later = await Script.ReviewerAsync(again);
        var item = await later.Http.GetFromJsonAsync<JsonElement>($"/api/review/sessions/{session}");
        Assert.Equal("GatewayInterrupted", item.GetProperty("endReason").GetString());
        Assert.True(item.GetProperty("verification").GetProperty("sealed").GetBoolean());
    }

    private async Task<string> EndedAsync(params TranscriptEvent[] happened)
    {
        var session = await developer.OpenAsync();
        await using var follower = await developer.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        foreach (var one in happened)
            await gateway.Databases.Of(session).Transcript.AppendAsync(one, CancellationToken.None);
        using var deleted = await developer.Http.DeleteAsync($"/api/sessions/{session}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        return session;
    }

    private async Task<IEnumerable<string?>> IdsAsync(string query) =>
        (await reviewer.Http.GetFromJsonAsync<JsonElement>($"/api/review/sessions?{query}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString());

    private async Task<JsonElement> ItemAsync(string session) => await reviewer.Http.GetFromJsonAsync<JsonElement>($"/api/review/sessions/{session}");
}
