using Microsoft.Extensions.Time.Testing;
using SafeConsole.Gateway.Launching;

namespace SafeConsole.Gateway.Tests.Launching;

/// <summary>How often a shelf may boot whose runners do not last.</summary>
public sealed class WarmShelfTests
{
    private readonly FakeTimeProvider time = new();
    private readonly WarmShelf shelf;

    public WarmShelfTests() => shelf = new WarmShelf("shell", time);

    [Fact]
    public void Runners_that_crash_one_after_the_other_are_replaced_ever_more_slowly()
    {
        var boots = 0;
        for (var second = 0; second < 3600; second++)
        {
            if (shelf.TryBeginBoot(1))
            {
                boots++;
                shelf.Booted(new WarmRunner(null!, time.GetTimestamp()));
                Assert.True(shelf.Drop(shelf.Ready[0]));
                shelf.Crashed("The link broke.");
            }
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(boots, 15, 25);
    }

    [Fact]
    public void Runner_that_is_older_than_a_failure_does_not_make_up_for_it()
    {
        var old = Boot();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(shelf.TryBeginBoot(2));
        shelf.Failed("No space left.");

        shelf.Succeeded(old);

        Assert.Equal("No space left.", shelf.Problem);
        Assert.False(shelf.TryBeginBoot(2));
        time.Advance(TimeSpan.FromSeconds(2));
        shelf.Succeeded(Boot());
        Assert.Null(shelf.Problem);
    }

    [Fact]
    public void Clock_that_is_put_back_prolongs_no_pause()
    {
        var clock = new SteppedClock();
        var pausing = new WarmShelf("shell", clock);
        Assert.True(pausing.TryBeginBoot(1));
        pausing.Failed("No space left.");

        clock.Now -= TimeSpan.FromDays(1);
        Assert.False(pausing.TryBeginBoot(1));
        clock.Ticks += TimeSpan.FromSeconds(2).Ticks;

        Assert.True(pausing.TryBeginBoot(1));
    }

    private WarmRunner Boot()
    {
        Assert.True(shelf.TryBeginBoot(2));
        var runner = new WarmRunner(null!, time.GetTimestamp());
        shelf.Booted(runner);
        return runner;
    }

    /// <summary>The time of day apart from the time that passes.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Ticks;
    }
}
