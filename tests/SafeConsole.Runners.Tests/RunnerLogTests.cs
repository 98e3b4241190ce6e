using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests;

public sealed class RunnerLogTests
{
    private readonly RunnerLog log = new(TimeProvider.System);

    [Fact]
    public async Task Follower_gets_what_was_and_what_comes_and_then_the_end()
    {
        log.Add(RunnerLog.Agent, "one");
        await using var following = log.FollowAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await following.MoveNextAsync());
        Assert.Equal(["one"], following.Current.Select(line => line.Text));

        var next = following.MoveNextAsync();
        Assert.False(next.IsCompleted);
        log.Add(RunnerLog.Engine, "two");
        Assert.True(await next);
        Assert.Equal([RunnerLog.Engine], following.Current.Select(line => line.Source));

        log.Complete();
        Assert.False(await following.MoveNextAsync());
    }

    [Fact]
    public async Task Oldest_lines_go()
    {
        for (var number = 0; number < RunnerLog.Kept + 5; number++)
            log.Add(RunnerLog.Agent, $"{number} x");

        var lines = await log.LinesAsync();

        Assert.Equal(RunnerLog.Kept, lines.Count);
        Assert.Equal("5 x", lines[0]);
    }

    [Fact]
    public async Task Long_lines_are_cut_and_all_together_are_bounded()
    {
        for (var number = 0; number < RunnerLog.Kept; number++)
            log.Add(RunnerLog.Agent, $"{number} " + new string('x', 10_000));

        var lines = await log.LinesAsync();

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 2000));
        Assert.InRange(lines.Sum(line => line.Length), 200_000, 256 * 1024);
        Assert.StartsWith("999 x", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_terminal_would_act_on_does_not_come_through()
    {
        log.Add(RunnerLog.Agent, "\u001b]0;title\u0007red\r\n");
        log.Add(RunnerLog.Agent, " \t\r\n");

        Assert.Equal(["]0;titlered"], await log.LinesAsync());
    }

    [Fact]
    public void Only_a_failure_of_the_agent_is_a_reason_for_an_end()
    {
        Assert.Null(log.LastFailure);
        log.Add(RunnerLog.Agent, "The gateway could not be reached.");
        log.Add(RunnerLog.Agent, "agent: the REPL exited with code 0");
        log.Add(RunnerLog.Engine, "container died");

        Assert.Equal("The gateway could not be reached.", log.LastFailure);
    }
}
