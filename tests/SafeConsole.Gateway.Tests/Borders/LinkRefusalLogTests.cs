using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SafeConsole.Gateway.Launching;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Borders;

/// <summary>What a runner can make the gateway write to its own log.</summary>
public sealed class LinkRefusalLogTests : ILogger<LinkArrival>
{
    private readonly FakeTimeProvider time = new();
    private readonly List<string> lines = [];

    [Fact]
    public async Task Of_one_peer_there_is_one_line_a_minute_with_a_count()
    {
        var refusals = new LinkRefusals(time, this);
        for (var number = 0; number < 1000; number++)
            _ = refusals.HoldAsync("user 200000", "its key belongs to no living session");
        _ = refusals.HoldAsync("user 200001", "its ticket is unknown, used or expired");
        Assert.Equal(["A link of user 200000 was refused: its key belongs to no living session", "A link of user 200001 was refused: its ticket is unknown, used or expired"], Lines);

        await MinuteAsync(() => Lines.Count == 3);
        Assert.Equal("999 further links of user 200000 were refused in a minute", Lines[^1]);
        _ = refusals.HoldAsync("user 200000", "its key belongs to no living session");
        await MinuteAsync(() => Lines.Count == 4);
        Assert.Equal("1 further links of user 200000 were refused in a minute", Lines[^1]);
    }

    [Fact]
    public async Task A_peer_that_was_quiet_for_a_minute_is_told_of_at_once()
    {
        var refusals = new LinkRefusals(time, this);
        _ = refusals.HoldAsync("user 200000", "first");
        var minutes = 0;
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(LinkRefusals.Window);
            if (++minutes % 3 == 0)
                _ = refusals.HoldAsync("user 200000", "again");
            return Lines.Contains("A link of user 200000 was refused: again");
        }, "the quiet minute is over");
    }

    [Fact]
    public void Peers_beyond_a_thousand_share_a_line()
    {
        var refusals = new LinkRefusals(time, this);
        for (var number = 0; number < 5000; number++)
            _ = refusals.HoldAsync($"address 10.0.{number}", "its key belongs to no living session");
        Assert.Equal(1001, Lines.Count);
        Assert.StartsWith("A link of others was refused", Lines[^1], StringComparison.Ordinal);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add(formatter(state, exception));
    }

    private List<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    private Task MinuteAsync(Func<bool> seen) => Eventually.HoldsAsync(() =>
    {
        time.Advance(LinkRefusals.Window);
        return seen();
    }, "the minute's line is there");
}
