using System.Security.Cryptography;
using System.Text;
using SafeConsole.Transcripts.Events;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

public sealed class TranscriptFormatTests
{
    private const string Good =
        """{"n":7,"at":"2026-11-23T17:00:00.123456Z","prev":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","type":"terminal.resized","columns":80,"rows":24}""";

    [Fact]
    public void The_head_stands_first_and_the_events_own_fields_follow() =>
        Assert.Equal(Good, Encoding.UTF8.GetString(Lines.Of(7, TestStore.Start, new TerminalResized(80, 24))));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(1_234_567)]
    [InlineData(9_999_999)]
    public void The_time_has_six_digits_of_a_second_and_the_seventh_is_cut_off(int ticks)
    {
        DateTimeOffset at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(ticks);
        string line = Encoding.UTF8.GetString(Lines.Of(7, at, new TerminalResized(80, 24)));

        Assert.StartsWith($"{{\"n\":7,\"at\":\"{TranscriptFormat.TimeText(at)}\",\"prev\":", line, StringComparison.Ordinal);
        Assert.Equal(at.AddTicks(-(ticks % 10)), TranscriptFormat.Parse(Encoding.UTF8.GetBytes(line)).At);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{\"n\":7,", "{\"n\":07,")]
    [InlineData("{\"n\":7,", "{\"n\":-7,")]
    [InlineData("{\"n\":7,", "{\"n\":0,")]
    [InlineData("{\"n\":7,", "{\"n\":99999999999999999999,")]
    [InlineData("{\"n\":7,", "{ \"n\":7,")]
    [InlineData("17:00:00", "25:00:00")]
    [InlineData(".123456Z", ".12345Z")]
    [InlineData("\"prev\":\"a", "\"prev\":\"A")]
    [InlineData("\"prev\":\"a", "\"prev\":\"")]
    [InlineData("terminal.resized", "terminal.shrunk")]
    [InlineData("\"columns\":80,", "")]
    [InlineData("80", "\"80\"")]
    [InlineData("24}", "24")]
    [InlineData("24}", "24}}")]
    [InlineData("\"type\":\"terminal.resized\",\"columns\":80", "\"columns\":80,\"type\":\"terminal.resized\"")]
    public void A_line_that_is_not_spelled_like_ours_is_refused(string part, string instead)
    {
        string bad = part.Length == 0 ? "" : Good.Replace(part, instead, StringComparison.Ordinal);

        Assert.NotEqual(Good, bad);
        Assert.Throws<InvalidDataException>(() => TranscriptFormat.Parse(Encoding.UTF8.GetBytes(bad)));
    }

    [Fact]
    public void A_line_cut_short_anywhere_is_refused()
    {
        byte[] line = Encoding.UTF8.GetBytes(Good);

        for (int length = 0; length < line.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => TranscriptFormat.Parse(line.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_null_where_the_event_forbids_it_is_refused() =>
        Assert.Throws<InvalidDataException>(() => TranscriptFormat.Parse(
            Encoding.UTF8.GetBytes(Good.Replace("\"terminal.resized\",\"columns\":80,\"rows\":24", "\"terminal.output\",\"data\":null", StringComparison.Ordinal))));

    [Fact]
    public void The_first_previous_hash_names_the_session()
    {
        byte[] expected = SHA256.HashData("safeconsole transcript 1\n0193a5b2-7c41-7e55-9a10-5d1c0be4f001"u8);

        Assert.Equal(Convert.ToHexStringLower(expected), TranscriptFormat.FirstPrevious(TestStore.Session));
        Assert.NotEqual(TranscriptFormat.FirstPrevious(TestStore.OtherSession), TranscriptFormat.FirstPrevious(TestStore.Session));
    }
}
