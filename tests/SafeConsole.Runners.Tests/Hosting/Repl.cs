using System.Text;
using SafeConsole.Runners.Frames;

namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>A launched runner with its link, and everything that came from it.</summary>
internal sealed class Repl : IAsyncDisposable
{
    public const string Prompt = "ready> ";

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = "/home/runner",
        ["TERM"] = "dumb",
        ["LANG"] = "C.UTF-8",
        ["PS1"] = Prompt,
    };

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly List<RunnerFrame> frames = [];
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int searched;

    private Repl(RunnerSpec spec, IRunner runner, RunnerLink link, HelloFrame hello)
    {
        Spec = spec;
        Runner = runner;
        Link = link;
        Hello = hello;
    }

    public RunnerSpec Spec { get; }

    public IRunner Runner { get; }

    public RunnerLink Link { get; }

    public HelloFrame Hello { get; }

    /// <summary>Ends when the link has closed.</summary>
    public Task Receiving { get; private set; } = Task.CompletedTask;

    public string Text => Locked(text.ToString);

    public IReadOnlyList<RunnerFrame> Frames => Locked(() => frames.ToArray());

    /// <summary>Launches a runner and waits for its hello; nothing is started in it.</summary>
    public static async Task<Repl> LaunchAsync(IRunnerLauncher launcher, LinkServer server, RunnerLimits? limits = null)
    {
        var spec = server.NewSpec(limits);
        var runner = await launcher.LaunchAsync(spec, NoProgress.Instance, CancellationToken.None);
        var link = await server.LinkOfAsync(spec.Runner);
        var hello = (HelloFrame)(await link.ReceiveAsync(CancellationToken.None).AsTask().WaitAsync(Deadline.Usual))!;
        return new Repl(spec, runner, link, hello);
    }

    /// <summary>Launches and starts a command, and goes on receiving.</summary>
    public static async Task<Repl> StartAsync(IRunnerLauncher launcher, LinkServer server, string[] command, RunnerLimits? limits = null, RunnerDatabase? database = null)
    {
        var repl = await LaunchAsync(launcher, server, limits);
        await repl.StartAsync(command, database);
        repl.Receiving = repl.ReceiveAsync();
        return repl;
    }

    /// <summary>A bash whose prompt has come.</summary>
    public static async Task<Repl> BashAsync(IRunnerLauncher launcher, LinkServer server, RunnerLimits? limits = null, RunnerDatabase? database = null)
    {
        var repl = await StartAsync(launcher, server, ["bash", "--norc", "--noprofile"], limits, database);
        await repl.SeeAsync(Prompt);
        return repl;
    }

    public Task StartAsync(string[] command, RunnerDatabase? database = null) =>
        Link.StartAsync(new RunnerStart("session", command, Environment, 80, 24, LinkServer.Key, database), CancellationToken.None);

    public Task TypeAsync(string input) => Link.SendInputAsync(Encoding.UTF8.GetBytes(input), CancellationToken.None);

    /// <summary>Waits for text behind what was seen before.</summary>
    public async Task SeeAsync(string expected)
    {
        await WaitAsync(() =>
        {
            var at = text.ToString().IndexOf(expected, searched, StringComparison.Ordinal);
            if (at >= 0)
                searched = at + expected.Length;
            return at >= 0;
        }, $"the text '{expected}'");
    }

    /// <summary>Runs a command in bash and returns what it printed, and waits for the next prompt.</summary>
    public async Task<string> RunAsync(string command)
    {
        // The marks are typed in two pieces, so that the terminal's echo of the command is not taken for them.
        await TypeAsync($"echo 'the-''begin'; {command}; echo 'the-''end'\n");
        await SeeAsync("the-begin\r\n");
        var from = searched;
        await SeeAsync("the-end");
        var output = Locked(() => text.ToString(from, searched - "the-end".Length - from));
        await SeeAsync(Prompt);
        return output;
    }

    public async Task<T> FrameAsync<T>(Func<T, bool>? fits = null)
        where T : RunnerFrame
    {
        T? found = null;
        await WaitAsync(() => (found = frames.OfType<T>().FirstOrDefault(fits ?? (_ => true))) is not null, typeof(T).Name);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        Link.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (await Link.ReceiveAsync(CancellationToken.None) is { } frame)
                Locked(() => Add(frame));
        }
        catch (ObjectDisposedException)
        {
            // The test is over.
        }
        finally
        {
            Locked(() => Add(null));
        }
    }

    private bool Add(RunnerFrame? frame)
    {
        if (frame is OutputFrame output)
        {
            var characters = new char[output.Data.Length];
            text.Append(characters, 0, decoder.GetChars(output.Data.Span, characters, flush: false));
        }
        else if (frame is not null)
        {
            frames.Add(frame);
        }
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return true;
    }

    private async Task WaitAsync(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline.Usual);
        while (true)
        {
            var (met, next) = Locked(() => (condition(), changed.Task));
            if (met)
                return;
            await next.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Receiving.IsFaulted)
                await Receiving;
            if (deadline.IsCancellationRequested)
                Assert.Fail($"Waited for {what}; frames: {string.Join(", ", Frames)}; the text ends with: {Text[Math.Max(0, Text.Length - 500)..]}");
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
            return read();
    }
}
