using SafeConsole.Testing;
using System.Text;
using SafeConsole.Runners.Frames;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Image;

/// <summary>A container of an image with its REPL started, and what it wrote. It has no network, no capability, a read-only root and another user.</summary>
internal sealed class ImageConsole : IAsyncDisposable
{
    // Not the image's own user: a launcher may give each runner an id of its own.
    private const string User = "234567";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RunnerLink link;
    private readonly ImageScreen screen = new();
    private readonly TaskCompletionSource<ExitFrame> exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ImageConsole(string container, RunnerLink link)
    {
        Container = container;
        this.link = link;
    }

    public string Container { get; }

    /// <summary>The REPL's end, as the agent reports it.</summary>
    public Task<ExitFrame> Exit => exit.Task.WaitAsync(Patience);

    /// <summary>What the REPL wrote, without colours and movements of the cursor.</summary>
    public string Text => screen.Text;

    /// <summary>Runs the image, waits for the agent's hello and starts the command.</summary>
    public static async Task<ImageConsole> OpenAsync(LinkServer server, string image, string[] command)
    {
        var session = Guid.NewGuid().ToString("N");
        var container = await DockerCommand.RunAsync(
            "run", "--detach", "--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", $"{User}:{User}",
            "--memory", "512m", "--pids-limit", "96", "--tmpfs", "/tmp:exec", "--tmpfs", $"/home/runner:exec,mode=0700,uid={User},gid={User}",
            "--tmpfs", $"/run/postgresql:mode=0755,uid={User},gid={User}", "--volume", Path.Combine(server.RuntimeDirectory, "link.sock") + ":/run/safeconsole/link.sock",
            "--env", "SAFECONSOLE_GATEWAY=unix:/run/safeconsole/link.sock", "--env", "SAFECONSOLE_TICKET=" + server.Tickets.Issue(session).Secret, image);
        var console = new ImageConsole(container, await server.LinkOfAsync(session));
        var hello = Assert.IsType<HelloFrame>(await console.link.ReceiveAsync(CancellationToken.None).AsTask().WaitAsync(Patience));
        Assert.False(hello.Network.Reachable, hello.Network.Evidence);
        await console.link.StartAsync(new RunnerStart(session, command, Environment, 120, 40, LinkServer.Key, RunnerDatabase.Postgres), CancellationToken.None);
        _ = console.ReceiveAsync();
        return console;
    }

    /// <summary>Types a line as a person does, who presses Return when the line stands there: in one go it would count as pasted.</summary>
    public async Task EnterAsync(string line)
    {
        screen.Skip();
        await TypeAsync(line);
        await SeeAsync(line[^4..]);
        await TypeAsync("\r");
    }

    /// <summary>Waits for text behind what was seen before, for as long as the REPL runs.</summary>
    public async Task SeeAsync(string expected)
    {
        var seen = false;
        await Deadline.BecomesTrueAsync(() => (seen = screen.Find(expected)) || exit.Task.IsCompleted, Patience);
        Assert.True(seen || screen.Find(expected), $"Waited for '{expected}'; the end: {exit.Task.Exception?.InnerException?.Message ?? "none, or an exit"}; the terminal's text is: {Text}");
    }

    /// <summary>Removes the container, whatever runs in it.</summary>
    public async ValueTask DisposeAsync()
    {
        link.Dispose();
        await DockerCommand.RunAsync("rm", "--force", "--volumes", Container);
    }

    // As the gateway composes it.
    private static Dictionary<string, string> Environment { get; } = new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = "/home/runner",
        ["TERM"] = "xterm-256color",
        ["COLORTERM"] = "truecolor",
        ["LANG"] = "C.UTF-8",
        ["PGHOST"] = "127.0.0.1",
        ["PGPORT"] = "5432",
        ["PGDATABASE"] = "recipes",
        ["PGUSER"] = "postgres",
        ["PGAPPNAME"] = "safeconsole",
        ["PGSSLMODE"] = "disable",
        ["DATABASE_URL"] = "postgresql://postgres@127.0.0.1:5432/recipes",
        ["RAILS_ENV"] = "production",
    };

    private async Task ReceiveAsync()
    {
        try
        {
            while (await link.ReceiveAsync(CancellationToken.None) is { } frame)
                await HearAsync(frame);
            exit.TrySetException(new InvalidOperationException("The link was closed before the REPL's end was told."));
        }
        catch (Exception e) when (e is ObjectDisposedException or RunnerLinkException)
        {
            exit.TrySetException(e);
        }
    }

    private async Task HearAsync(RunnerFrame frame)
    {
        if (frame is ExitFrame end)
            exit.TrySetResult(end);
        if (frame is FailureFrame failure)
            exit.TrySetException(new InvalidOperationException(failure.Message));
        if (frame is not OutputFrame output)
            return;
        if (screen.Write(output.Data.Span) is { Length: > 0 } answer)
            await TypeAsync(answer);
    }

    private Task TypeAsync(string input) => link.SendInputAsync(Encoding.UTF8.GetBytes(input), CancellationToken.None);
}
