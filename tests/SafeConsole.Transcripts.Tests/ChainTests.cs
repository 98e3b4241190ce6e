using System.Text;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

public sealed class ChainTests : StoreTest
{
    private const int Events = 8;
    [Fact]
    public async Task An_untouched_sealed_transcript_is_intact()
    {
        await Test.WriteSealedAsync(Events);

        TranscriptVerification found = await Test.VerifyAsync();

        Assert.True(found.Intact);
        Assert.True(found.Sealed);
        Assert.Equal(Events, found.Events);
        Assert.Null(found.FirstBadEvent);
        Assert.Equal(TranscriptFormat.Hash(Encoding.UTF8.GetBytes(Test.LinesOf()[^1])), found.Head);
        Assert.Equal("All 8 events are as they were recorded; the seal of 2026-11-23T17:00:00.123456Z fits.", found.Sentence);
    }

    [Fact]
    public async Task Each_line_carries_the_hash_of_the_line_before()
    {
        await Test.WriteSealedAsync(Events);
        string previous = TranscriptFormat.FirstPrevious(TestStore.Session);

        foreach (string line in Test.LinesOf())
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            Assert.Equal(previous, TranscriptFormat.Parse(bytes).Previous);
            previous = TranscriptFormat.Hash(bytes);
        }
    }

    [Fact]
    public async Task Changing_any_single_byte_is_noticed()
    {
        await Test.WriteSealedAsync(Events);
        byte[] original = await File.ReadAllBytesAsync(Test.PathOf());

        for (int i = 0; i < original.Length; i++)
        {
            byte[] changed = [.. original];
            changed[i] ^= 1;
            await File.WriteAllBytesAsync(Test.PathOf(), changed);
            Assert.False((await Test.VerifyAsync()).Intact, $"byte {i} of {original.Length}");
        }
    }

    [Fact]
    public async Task Cutting_the_file_anywhere_is_noticed()
    {
        await Test.WriteSealedAsync(Events);
        byte[] original = await File.ReadAllBytesAsync(Test.PathOf());

        for (int length = 0; length < original.Length; length++)
        {
            await File.WriteAllBytesAsync(Test.PathOf(), original[..length]);
            Assert.False((await Test.VerifyAsync()).Intact, $"{length} of {original.Length} bytes");
        }
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("repeat")]
    [InlineData("swap")]
    [InlineData("insert")]
    public async Task Removing_repeating_moving_or_inserting_any_line_is_noticed(string how)
    {
        await Test.WriteSealedAsync(Events);
        string[] original = Test.LinesOf();

        for (int i = 0; i < original.Length; i++)
        {
            List<string> lines = [.. original];
            switch (how)
            {
                case "remove": lines.RemoveAt(i); break;
                case "repeat": lines.Insert(i, original[i]); break;
                case "swap": (lines[i], lines[(i + 1) % Events]) = (lines[(i + 1) % Events], lines[i]); break;
                default: lines.Insert(i, Encoding.UTF8.GetString(Lines.Of(i + 1, TestStore.Start, TestStore.Output("forged")))); break;
            }

            await File.WriteAllTextAsync(Test.PathOf(), string.Concat(lines.Select(line => line + "\n")));
            TranscriptVerification found = await Test.VerifyAsync();
            Assert.False(found.Intact, $"{how} {i}");
            Assert.InRange(found.FirstBadEvent!.Value, i == Events - 1 && how == "swap" ? 1 : Math.Max(1, i), how == "repeat" ? i + 2 : i + 1);
        }
    }

    [Fact]
    public async Task A_changed_line_is_named()
    {
        await Test.WriteSealedAsync(Events);
        string text = await File.ReadAllTextAsync(Test.PathOf());
        await File.WriteAllTextAsync(Test.PathOf(), text.Replace("line 4", "line X", StringComparison.Ordinal));

        TranscriptVerification found = await Test.VerifyAsync();

        Assert.Equal(4, found.FirstBadEvent);
        Assert.Equal("Event 4 is not the one that event 5 was chained to: one of the two was changed.", found.Sentence);
    }

    [Fact]
    public async Task A_chain_that_was_recomputed_after_a_change_does_not_fit_the_seal()
    {
        await Test.WriteSealedAsync(Events);
        string previous = TranscriptFormat.FirstPrevious(TestStore.Session);
        var forged = new StringBuilder();
        foreach (string line in Test.LinesOf())
        {
            TranscriptRecord record = TranscriptFormat.Parse(Encoding.UTF8.GetBytes(line));
            byte[] relined = Lines.Of(record.Number, record.At, record.Number == 4 ? TestStore.Output("forged") : record.Happened, previous);
            previous = TranscriptFormat.Hash(relined);
            forged.Append(Encoding.UTF8.GetString(relined)).Append('\n');
        }

        await File.WriteAllTextAsync(Test.PathOf(), forged.ToString());
        TranscriptVerification found = await Test.VerifyAsync();

        Assert.False(found.Intact);
        Assert.Equal("The last event, 8, is not the one that was sealed.", found.Sentence);
    }

    [Fact]
    public async Task Another_sessions_record_under_this_name_is_noticed()
    {
        await Test.WriteSealedAsync(Events);
        await Test.WriteSealedAsync(Events, TestStore.OtherSession);
        File.Copy(Test.PathOf(TestStore.OtherSession), Test.PathOf(), overwrite: true);
        File.Copy(Test.SealPathOf(TestStore.OtherSession), Test.SealPathOf(), overwrite: true);

        TranscriptVerification found = await Test.VerifyAsync();

        Assert.False(found.Intact);
        Assert.False(found.Sealed);
        Assert.Equal(1, found.FirstBadEvent);
    }

    [Fact]
    public async Task A_live_transcript_is_held_against_what_its_writer_knows()
    {
        await Test.WriteAsync(Events);
        Assert.True((await Test.VerifyAsync()).Intact);
        string text = await File.ReadAllTextAsync(Test.PathOf());
        await File.WriteAllTextAsync(Test.PathOf(), text.Replace("line 8", "line X", StringComparison.Ordinal));

        TranscriptVerification found = await Test.VerifyAsync();

        Assert.False(found.Intact);
        Assert.Equal(8, found.FirstBadEvent);
    }
}
