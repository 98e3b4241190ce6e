using SafeConsole.Gateway.Console;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class RunawayWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    [Fact]
    public void Average_is_told_after_a_whole_window_without_anybody()
    {
        var watch = new RunawayWatch();

        for (var second = 0; second < 60; second++)
            Assert.Null(watch.Add(At(second), TimeSpan.FromSeconds(second * 0.8), attached: false, Window));

        Assert.Equal(0.8, watch.Add(At(60), TimeSpan.FromSeconds(48), attached: false, Window)!.Value, 3);
    }

    [Fact]
    public void Pauses_are_averaged_and_do_not_begin_it_anew()
    {
        var watch = new RunawayWatch();
        var (used, average) = (0.0, (double?)null);

        for (var second = 0; second <= 120; second++)
            average = watch.Add(At(second), TimeSpan.FromSeconds(used += second % 4 == 0 ? 0 : 1), attached: false, Window);

        Assert.Equal(0.75, average!.Value, 2);
    }

    [Fact]
    public void Calm_before_the_window_does_not_excuse_what_is_in_it()
    {
        var watch = new RunawayWatch();
        double? average = null;

        for (var second = 0; second <= 3600; second++)
            average = watch.Add(At(second), TimeSpan.FromSeconds(Math.Max(0, second - 3540)), attached: false, Window);

        Assert.Equal(1, average!.Value, 2);
    }

    [Fact]
    public void Somebody_who_stays_for_a_whole_window_begins_it_anew()
    {
        var watch = new RunawayWatch();
        for (var second = 0; second < 179; second++)
            Assert.Null(watch.Add(At(second), TimeSpan.FromSeconds(second), attached: second is >= 60 and < 120, Window));

        Assert.Equal(1, watch.Add(At(179), TimeSpan.FromSeconds(179), attached: false, Window)!.Value, 3);
    }

    [Fact]
    public void Glance_puts_the_end_off_by_as_long_as_it_was()
    {
        var watch = new RunawayWatch();
        for (var second = 0; second <= 61; second++)
            Assert.Null(watch.Add(At(second), TimeSpan.FromSeconds(second), attached: second == 30, Window));

        Assert.Equal(1, watch.Add(At(62), TimeSpan.FromSeconds(62), attached: false, Window)!.Value, 3);
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(60, 20)]
    [InlineData(5, 2)]
    public void Glances_at_a_busy_runner_do_not_keep_it_for_ever(int every, int glance)
    {
        var watch = new RunawayWatch();

        Assert.Contains(Enumerable.Range(0, 600), second => watch.Add(At(second), TimeSpan.FromSeconds(second), attached: second % every < glance, Window) >= 0.9);
    }

    [Fact]
    public void Work_with_somebody_there_is_not_held_against_the_time_without()
    {
        var watch = new RunawayWatch();
        var used = 0.0;

        for (var second = 0; second <= 600; second++)
            Assert.Null(watch.Add(At(second), TimeSpan.FromSeconds(used += second % 2), attached: second % 2 == 1, Window));
        for (var second = 601; second <= 700; second++)
            Assert.Equal(0, watch.Add(At(second), TimeSpan.FromSeconds(used), attached: false, Window) ?? 0);
    }

    private static DateTimeOffset At(int second) => Start + TimeSpan.FromSeconds(second);
}
