using System.Text;
using System.Text.Json;
using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd.Runners;

/// <summary>The database's credential is a canary: it is looked for wherever a runner, an engine, a log or a record could hold it.</summary>
[Collection(SiteTests.Name)]
public sealed class CanaryTests(Site site)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Looks through every file that the runner can read and every process's environment and command line. The canary comes in halves by the terminal and
    /// to grep by a pipe, so that neither what is typed nor the search is what is found. A sandbox's /usr is the host's.
    /// </summary>
    private const string Search =
        "n=$(grep -rlsaF --exclude-dir=sys --exclude-dir=proc --exclude-dir=usr --devices=skip -f <(printf %s \"$A$B\") / 2>/dev/null | wc -l); "
        + "p=$(cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' | grep -caF -f <(printf %s \"$A$B\")); echo files=$n processes=$p look'ed'";

    [Theory]
    [InlineData("docker")]
    [InlineData("sandbox")]
    public async Task Credential_reaches_no_runner_no_engine_no_log_and_no_record(string launcher)
    {
        await using var docker = await DockerGateway.StartAsync(site.Cluster);
        if (launcher == "sandbox")
            docker.Gateway.EditPolicy(DockerGateway.Shell, policy => policy.Replace("launcher: docker\n  image: safeconsole/runner:dev\n", "launcher: sandbox\n", StringComparison.Ordinal));
        var canary = site.Cluster.ReaderPassword;
        await using var client = await ConsoleClient.DeveloperAsync(docker.Gateway.Address);
        await using var session = await OpenAsync(client, launcher);
        await session.AskAsync("psql -Atc \"SELECT 'forty' || '-two'\"", "forty-two", Patience);

        await session.AskAsync($"A={canary[..^4]} B={canary[^4..]}; echo set-$?", "set-0");
        var found = await session.AskAsync(Search, " looked", Patience);

        Assert.Contains("files=0 processes=0", found, StringComparison.Ordinal);
        foreach (var container in await docker.ContainersAsync())
        {
            Assert.DoesNotContain(canary, await DockerCommand.RunAsync("inspect", container), StringComparison.Ordinal);
            Assert.DoesNotContain(canary, await DockerCommand.RunAsync("top", container, "-eo", "pid,args"), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(canary, JsonSerializer.Serialize(await RunnerLogAsync(docker.Gateway, session.Id)), StringComparison.Ordinal);
        await session.EndAsync();
        await session.RecordsAsync("session.ended");
        Assert.DoesNotContain(canary, docker.Gateway.Log, StringComparison.Ordinal);
        Assert.All(StateFiles(docker.Gateway), file => Assert.DoesNotContain(canary, Encoding.UTF8.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    private static async Task<OpenedSession> OpenAsync(ConsoleClient client, string launcher)
    {
        var session = await client.OpenAsync(DockerGateway.Shell, "bash", "REC-8 canaries");
        await session.ShowsAsync("$", within: Patience);
        var container = session.Entries.Any(entry => entry.Text("stage") == "pulling");
        Assert.Equal(launcher == "docker", container);
        return session;
    }

    private static async Task<IReadOnlyList<RunnerLine>> RunnerLogAsync(RunningGateway gateway, string session)
    {
        await using var sre = await ConsoleClient.ConnectAsync(gateway.Address, "demo-script-sre", "demo-script-sre-secret");
        var lines = await sre.FirstRunnerLinesAsync(session);
        Assert.NotEmpty(lines);
        return lines;
    }

    // The transcripts, the index, the runtime folder; sockets cannot be read, nor the lock, which is empty.
    private static List<string> StateFiles(RunningGateway gateway)
    {
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(gateway.TranscriptFolder)!, "*", SearchOption.AllDirectories)
            .Where(file => (File.GetAttributes(file) & (FileAttributes.Device | FileAttributes.ReparsePoint)) == 0 && !file.EndsWith(".sock", StringComparison.Ordinal) && new FileInfo(file).Length > 0).ToList();
        Assert.Contains(files, file => file.StartsWith(gateway.TranscriptFolder, StringComparison.Ordinal));
        return files;
    }
}
