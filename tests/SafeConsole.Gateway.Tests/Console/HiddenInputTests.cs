using System.Text;
using Microsoft.Extensions.Time.Testing;
using SafeConsole.Gateway.Console;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class HiddenInputTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 17, 0, 0, TimeSpan.Zero));
    private readonly HiddenInput hidden;

    public HiddenInputTests() => hidden = new HiddenInput(time);

    [Fact]
    public void A_password_is_hidden_and_the_third_line_is_not()
    {
        Assert.Equal(0, hidden.Hide("ls\r"u8));
        hidden.SetEcho(false);
        Assert.Equal(8, hidden.Hide("hunter2\r"u8));
        Assert.Equal(6, hidden.Hide("again\rwhoami\r"u8));
        hidden.SetEcho(false);
        Assert.Equal(0, hidden.Hide("id\r"u8));
        hidden.SetEcho(true);
        hidden.SetEcho(false);
        Assert.Equal(3, hidden.Hide("pw\r"u8));
    }

    [Fact]
    public void No_more_than_256_bytes_are_hidden()
    {
        hidden.SetEcho(false);
        Assert.Equal(256, hidden.Hide(new byte[1000]));
        Assert.Equal(0, hidden.Hide("x"u8));
    }

    /// <summary>As in `while read -rs l; do eval "$l"; sleep .3; done`.</summary>
    [Fact]
    public void Echo_that_comes_back_after_each_line_hides_no_more_than_ten_in_ten_minutes()
    {
        for (var line = 1; line <= 10; line++)
        {
            Assert.Equal(3, Ask("id\r"));
            Assert.Equal(line == 10, hidden.TakeNotice() is { } told && told.Contains("Until 17:10:00 UTC", StringComparison.Ordinal));
        }

        Assert.Equal(0, Ask("id\r"));
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, Ask("id\r"));
        Assert.Null(hidden.TakeNotice());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(8, Ask("hunter2\r"));
        Assert.Null(hidden.TakeNotice());
    }

    [Fact]
    public void Lines_that_do_not_end_count_by_their_bytes()
    {
        var count = 0;
        for (var piece = 0; piece < 100; piece++)
        {
            count += Ask(new string('x', 100));
        }

        Assert.Equal(HiddenInput.MostBytesInSpan, count);
        Assert.NotNull(hidden.TakeNotice());
    }

    [Fact]
    public void Who_goes_on_without_echo_is_told_once_that_it_is_recorded()
    {
        hidden.SetEcho(false);
        hidden.Hide("hunter2\rhunter2\r"u8);
        Assert.Null(hidden.TakeNotice());
        Assert.Equal(0, hidden.Hide("w"u8));
        Assert.Contains("What is typed now is recorded as text", hidden.TakeNotice(), StringComparison.Ordinal);
        hidden.Hide("hoami\r"u8);
        Assert.Null(hidden.TakeNotice());
    }

    private int Ask(string answer)
    {
        hidden.SetEcho(false);
        var count = hidden.Hide(Encoding.ASCII.GetBytes(answer));
        hidden.SetEcho(true);
        return count;
    }
}
