using SafeConsole.Gateway.Console;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class OwnerLagTests
{
    [Fact]
    public async Task There_is_room_again_when_enough_was_seen()
    {
        using var lag = new OwnerLag();
        var first = lag.Appending(OwnerLag.Most / 2);
        var second = lag.Appending(OwnerLag.Most / 2);
        lag.Recorded(1, first);
        lag.Recorded(2, second);
        var waiting = lag.WaitForRoomAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        lag.Acknowledge(1);
        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void An_acknowledgement_that_overtakes_the_recording_counts()
    {
        using var lag = new OwnerLag();
        var cost = lag.Appending(OwnerLag.Most);
        lag.Acknowledge(7);
        lag.Recorded(7, cost);
        Assert.True(lag.WaitForRoomAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public void Another_tab_that_lags_takes_nothing_back()
    {
        using var lag = new OwnerLag();
        lag.Recorded(1, lag.Appending(OwnerLag.Most));
        lag.Acknowledge(1);
        lag.Acknowledge(0);
        Assert.True(lag.WaitForRoomAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public void Many_single_bytes_fill_it_too()
    {
        using var lag = new OwnerLag();
        for (var number = 1; number <= 10_000; number++)
            lag.Recorded(number, lag.Appending(1));
        Assert.False(lag.WaitForRoomAsync(CancellationToken.None).IsCompleted);
    }
}
