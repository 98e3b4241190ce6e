using SafeConsole.Gateway.Console;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class FollowWindowTests
{
    [Fact]
    public async Task What_is_acknowledged_makes_room()
    {
        using var window = new FollowWindow();
        window.Sent(10, FollowWindow.Most);
        var waiting = window.WaitForRoomAsync(CancellationToken.None);
        Assert.Equal(9, window.Acknowledge(9));
        Assert.False(waiting.IsCompleted);
        Assert.Equal(10, window.Acknowledge(10));
        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Nobody_acknowledges_what_was_not_sent()
    {
        using var window = new FollowWindow();
        window.Sent(10, 100);
        Assert.Equal(10, window.Acknowledge(long.MaxValue));
    }

    [Fact]
    public void A_connection_has_a_bounded_number_of_streams()
    {
        var windows = new FollowWindows();
        var open = Enumerable.Range(0, 16).Select(_ => windows.Open("connection", "session", isOwner: true)!).ToList();
        Assert.Null(windows.Open("connection", "session", isOwner: true));
        Assert.NotNull(windows.Open("another", "session", isOwner: true));
        windows.Close("connection", open[0]);
        Assert.NotNull(windows.Open("connection", "session", isOwner: true));
    }

    [Fact]
    public void A_reviewer_who_watches_is_not_attached()
    {
        var windows = new FollowWindows();
        Assert.NotNull(windows.Open("reviewer", "session", isOwner: false));
        Assert.False(windows.IsAttached("session"));

        Assert.NotNull(windows.Open("owner", "session", isOwner: true));

        Assert.True(windows.IsAttached("session"));
        Assert.False(windows.IsAttached("another"));
    }
}
