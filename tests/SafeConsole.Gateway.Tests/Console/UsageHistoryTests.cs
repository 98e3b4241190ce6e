using SafeConsole.Gateway.Console;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class UsageHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_quarter_of_an_hour_is_kept()
    {
        var history = new UsageHistory();
        for (var second = 0; second < 2 * UsageHistory.Most; second++)
            history.Add(Start.AddSeconds(second), new RunnerMeasured(second, 1));

        var kept = history.After(null);

        Assert.Equal(Enumerable.Range(UsageHistory.Most, UsageHistory.Most).Select(second => (double)second), kept.Select(each => each.Measured.Processors));
    }

    [Fact]
    public void After_a_moment_comes_only_what_is_later()
    {
        var history = new UsageHistory();
        for (var second = 0; second < 5; second++)
            history.Add(Start.AddSeconds(second), new RunnerMeasured(second, 1));

        Assert.Equal([4.0], history.After(Start.AddSeconds(3)).Select(each => each.Measured.Processors));
        Assert.Empty(history.After(Start.AddSeconds(4)));
    }
}
