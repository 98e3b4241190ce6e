using System.Security.Cryptography;
using SafeConsole.Runners.Frames;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests;

/// <summary>The terminal's part of the contract: echo, floods, back-pressure. The base holds the life of a runner.</summary>
public abstract class RunnerTerminalContract : RunnerContract
{
    private const int FloodBytes = 50_000_000;

    [Theory]
    [InlineData("read -rs secret; echo got:$secret")]
    [InlineData("python3 -c 'import getpass; print(\"got:\" + getpass.getpass())'")]
    public async Task Password_prompt_is_reported_as_hidden_until_it_is_over(string prompt)
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", $"echo before; {prompt}; echo after; cat"]);
        await repl.FrameAsync<EchoFrame>(echo => !echo.Visible);

        await repl.TypeAsync("hunter2\n");

        await repl.SeeAsync("got:hunter2");
        await repl.FrameAsync<EchoFrame>(echo => echo.Visible);
        Assert.Equal([new EchoFrame(Visible: false), new EchoFrame(Visible: true)], repl.Frames.OfType<EchoFrame>());
        // Shown once, by the REPL, and never by the terminal.
        Assert.Equal(repl.Text.IndexOf("hunter2", StringComparison.Ordinal), repl.Text.LastIndexOf("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Line_editor_that_shows_the_text_itself_is_not_hidden()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        await repl.TypeAsync("echo visible");
        await repl.SeeAsync("echo visible");
        await repl.TypeAsync("\n");
        await repl.SeeAsync(Repl.Prompt);

        Assert.Empty(repl.Frames.OfType<EchoFrame>());
    }

    [Fact]
    public async Task Flood_of_fifty_megabytes_arrives_byte_for_byte()
    {
        await using var repl = await Repl.LaunchAsync(Launcher, Server);
        await repl.StartAsync(["bash", "-c", $"stty -opost; yes 0123456789abcdef | head -c {FloodBytes}"]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long received = 0;

        RunnerFrame? frame;
        while ((frame = await repl.Link.ReceiveAsync(CancellationToken.None).AsTask().WaitAsync(Deadline.Usual)) is OutputFrame or EchoFrame)
        {
            if (frame is OutputFrame output)
            {
                received += output.Data.Length;
                hash.AppendData(output.Data.Span);
            }
        }

        Assert.Equal(new ExitFrame(0), frame);
        Assert.Equal(FloodBytes, received);
        Assert.Equal(HashOfFlood(), hash.GetHashAndReset());
    }

    [Fact]
    public async Task Input_that_the_repl_does_not_read_does_not_keep_the_stop_away()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", "trap '' HUP; echo armed; exec sleep 1000"]);
        await repl.SeeAsync("armed");

        await repl.TypeAsync(string.Concat(Enumerable.Repeat("a line of input\n", 20_000)));
        await repl.Link.StopAsync(CancellationToken.None);

        await repl.FrameAsync<ExitFrame>();
    }

    [Fact]
    public async Task Link_that_is_lost_while_the_terminal_takes_input_slowly_ends_the_runner_at_once()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["python3", "-c", SlowReader(1024, "1")]);
        await repl.SeeAsync("ready");
        var typing = repl.TypeAsync(new string('z', 800_000));
        await repl.SeeAsync("taken 2");

        repl.Link.Dispose();

        await repl.Runner.Exited.WaitAsync(TimeSpan.FromSeconds(10));
        // Whether it got through does not matter.
        await Record.ExceptionAsync(() => typing);
    }

    [Fact]
    public async Task More_input_than_may_wait_is_dropped_with_the_bell_and_the_stop_is_heard()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["python3", "-c", SlowReader(4096, "0.001")]);
        await repl.SeeAsync("ready");

        await repl.TypeAsync(new string('z', 12 * 1024 * 1024));

        await repl.SeeAsync("\a");
        await repl.Link.StopAsync(CancellationToken.None);
        await repl.FrameAsync<ExitFrame>();
    }

    [Fact]
    public async Task Long_paste_arrives_whole()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", "stty -echo; echo ready; head -c 1600000 | sha256sum"]);
        await repl.SeeAsync("ready");
        var paste = string.Concat(Enumerable.Repeat("0123456789abcde\n", 100_000));

        await repl.TypeAsync(paste);

        await repl.SeeAsync(Sha256(paste));
    }

    private static string SlowReader(int bytes, string seconds) => $"""
        import os, time, tty
        tty.setraw(0)
        print("ready", flush=True)
        for number in range(1, 1_000_000):
            os.read(0, {bytes})
            if number < 3:
                print("taken", number, flush=True)
            time.sleep({seconds})
        """;

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(text)));

    private static byte[] HashOfFlood()
    {
        var line = "0123456789abcdef\n"u8;
        var bytes = new byte[FloodBytes];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = line[i % line.Length];
        return SHA256.HashData(bytes);
    }
}
