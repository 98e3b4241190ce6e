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
    public void Somebody_who_attaches_begins_the_window_anew()
    {
        var watch = new RunawayWatch();
        for (var second = 0; second < 60; second++)
            watch.Add(At(second), TimeSpan.FromSeconds(second), attached: second == 30, Window);

        Assert.Null(watch.Add(At(89), TimeSpan.FromSeconds(89), attached: false, Window));
        Assert.NotNull(watch.Add(At(90), TimeSpan.FromSeconds(90), attached: false, Window));
    }

    private static DateTimeOffset At(int second) => Start + TimeSpan.FromSeconds(second);
}
