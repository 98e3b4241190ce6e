using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd.Runners;

/// <summary>Sessions in containers, the whole way: gateway, engine, image, agent, gate, hot standby.</summary>
[Collection(SiteTests.Name)]
public sealed class DockerSessionTests(Site site)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Psql_in_a_container_reads_and_is_refused_what_writes()
    {
        await using var docker = await DockerGateway.StartAsync(site.Cluster);
        await using var client = await ConsoleClient.DeveloperAsync(docker.Gateway.Address);
        await using var session = await client.OpenAsync(DockerGateway.Shell, "bash", "REC-4 containers");
        await session.ShowsAsync("$", within: Patience);

        Assert.Equal(["queued", "pulling", "starting", "linking", "proving", "ready"], session.Entries.Where(entry => entry.Type == "runner.stage").Select(entry => entry.Text("stage")!));
        await session.AskAsync("psql -Atc \"SELECT count(*) > 0, 'forty' || '-two' FROM recipes\"", "t|forty-two", Patience);
        await session.AskAsync("psql -c 'DELETE FROM recipes'", "ERROR:", Patience);
        Assert.Equal("denied", (await session.RecordsAsync("statement.judged", entry => entry.Text("verdict") == "denied")).Text("verdict"));
        await session.RecordsAsync("runner.measured");
        var container = Assert.Single(await docker.ContainersAsync());

        await session.EndAsync();
        await session.RecordsAsync("session.ended");

        await Eventually.HoldsAsync(async () => (await docker.ContainersAsync()).Length == 0, $"container {container} is removed");
    }

    [Theory]
    [InlineData("rails", "console", "puts \"count-#{Recipe.where(id: 1..3).count}\"", "count-3")]
    [InlineData("django", "shell", "from recipes.models import Recipe; Recipe.objects.filter(id__lte=3).count()", "3")]
    public async Task Consoles_of_applications_answer_from_the_standby(string example, string option, string query, string answer)
    {
        await using var docker = await DockerGateway.StartAsync(site.Cluster);
        await docker.AddAsync("recipes-" + example, RepositoryRoot.At("runner-image", "examples", example, "policy.yaml"));
        await using var client = await ConsoleClient.DeveloperAsync(docker.Gateway.Address);
        await using var session = await client.OpenAsync("recipes-" + example, option, "REC-5 models");
        await session.RecordsAsync("runner.stage", entry => entry.Text("stage") == "ready", Patience);
        await using var cursor = new CursorAnswers(session);
        await session.ShowsAsync(example == "rails" ? "> " : ">>> ", within: Patience);

        await session.TypeAsync(query);
        // irb colours what is typed, so only a word of it stands in one piece.
        await session.ShowsAsync("Recipe", within: Patience);
        await session.AskAsync("", answer, Patience);

        Assert.Contains(session.Entries, entry => entry.Type == "statement.judged" && entry.Text("verdict") == "approved");
    }

    [Fact]
    public async Task Image_that_is_not_there_is_told_to_the_developer_in_a_sentence()
    {
        await using var docker = await DockerGateway.StartAsync(site.Cluster);
        docker.Gateway.EditPolicy(DockerGateway.Shell, policy => policy.Replace("safeconsole/runner:dev", "127.0.0.1:1/nobody/has:this", StringComparison.Ordinal));
        await using var client = await ConsoleClient.DeveloperAsync(docker.Gateway.Address);
        // The edit is in force within a second; until then the image is the old one.
        var end = await Eventually.ReturnsAsync(async () => await FailedLaunchAsync(client), "a launch fails", Patience);

        Assert.Equal("LaunchFailed", end.Text("reason"));
        Assert.Contains("127.0.0.1:1/nobody/has:this not found on the Docker engine", end.Text("sentence"), StringComparison.Ordinal);
        Assert.Empty(await docker.ContainersAsync());
    }

    private static async Task<TranscriptEntry?> FailedLaunchAsync(ConsoleClient client)
    {
        await using var session = await client.OpenAsync(DockerGateway.Shell, "bash", "REC-6 no image");
        await session.RecordsAsync("runner.stage", entry => entry.Text("stage") is "queued");
        await Eventually.HoldsAsync(
            () => session.Entries.Any(entry => entry.Type == "session.ended" || entry.Text("stage") == "ready"), "the launch is over", Patience);
        return session.Entries.FirstOrDefault(entry => entry.Type == "session.ended");
    }
}
