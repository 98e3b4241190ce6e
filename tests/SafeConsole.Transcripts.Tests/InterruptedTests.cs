using System.Diagnostics;
using System.Globalization;
using System.Text;
using SafeConsole.Transcripts.Events;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

public sealed class InterruptedTests : StoreTest
{
    [Fact]
    public async Task A_record_that_breaks_off_at_any_byte_of_its_last_line_is_closed_after_the_whole_lines()
    {
        await Test.WriteAsync(4);
        await Test.RestartAsync();
        byte[] whole = await File.ReadAllBytesAsync(Test.PathOf());
        int lastStart = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;

        for (int length = lastStart; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(Test.PathOf(), whole[..length]);
            Assert.Equal([TestStore.Session], await Test.Store.CloseInterruptedAsync(default));

            int kept = length == whole.Length ? 4 : 3;
            TranscriptVerification found = await Test.VerifyAsync();
            Assert.True(found is { Intact: true, Sealed: true }, found.Sentence);
            Assert.Equal(kept + 1, found.Events);
            Assert.True((await File.ReadAllBytesAsync(Test.PathOf())).AsSpan().StartsWith(whole.AsSpan(0, kept == 4 ? whole.Length : lastStart)));
            File.Delete(Test.SealPathOf());
        }
    }

    [Fact]
    public async Task The_end_says_what_happened_and_what_was_dropped()
    {
        await Test.WriteAsync(2);
        await Test.RestartAsync();
        await File.AppendAllTextAsync(Test.PathOf(), "{\"n\":3,\"at\":\"2026");
        Test.Time.Advance(TimeSpan.FromHours(1));
        await Test.Store.CloseInterruptedAsync(default);

        TranscriptRecord last = TranscriptFormat.Parse(Encoding.UTF8.GetBytes(Test.LinesOf()[^1]));
        var ended = Assert.IsType<SessionEnded>(last.Happened);

        Assert.Equal(SessionEndReason.GatewayInterrupted, ended.Reason);
        Assert.EndsWith("An unfinished last line of 17 bytes was dropped.", ended.Sentence, StringComparison.Ordinal);
        Assert.Equal(TestStore.Start.AddHours(1), last.At);
    }

    [Fact]
    public async Task A_record_that_ended_but_was_not_sealed_gets_its_seal_and_no_second_end()
    {
        await Test.WriteSealedAsync(4);
        await Test.RestartAsync();
        byte[] lines = await File.ReadAllBytesAsync(Test.PathOf());
        File.Delete(Test.SealPathOf());

        Assert.Equal([TestStore.Session], await Test.Store.CloseInterruptedAsync(default));

        Assert.Equal(lines, await File.ReadAllBytesAsync(Test.PathOf()));
        Assert.True((await Test.VerifyAsync()).Sealed);
    }

    [Fact]
    public async Task A_record_without_any_event_is_closed_too()
    {
        await Test.Store.CreateAsync(TestStore.Session, default);
        await Test.RestartAsync();

        Assert.Equal([TestStore.Session], await Test.Store.CloseInterruptedAsync(default));
        Assert.Equal(1, (await Test.VerifyAsync()).Events);
    }

    [Fact]
    public async Task What_is_sealed_or_live_is_left_alone()
    {
        await Test.WriteSealedAsync(4);
        Transcript live = await Test.WriteAsync(4, TestStore.OtherSession);

        Assert.Empty(await Test.Store.CloseInterruptedAsync(default));
        Assert.Equal(5, await live.AppendAsync(TestStore.Output("goes on"), default));
    }

    [Theory]
    [InlineData("line 3", "line X")]
    [InlineData("{\"n\":2,", "{\"n\":9,")]
    [InlineData("{\"n\":4,", "nonsense")]
    public async Task A_damaged_record_is_neither_signed_nor_touched(string part, string instead)
    {
        await Test.WriteAsync(5);
        await Test.RestartAsync();
        string damaged = (await File.ReadAllTextAsync(Test.PathOf())).Replace(part, instead, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Test.PathOf(), damaged);

        Assert.Empty(await Test.Store.CloseInterruptedAsync(default));

        Assert.Equal(damaged, await File.ReadAllTextAsync(Test.PathOf()));
        Assert.False(File.Exists(Test.SealPathOf()));
        Assert.False((await Test.VerifyAsync()).Intact);
    }

    [Theory]
    [InlineData("endless", 1)]
    [InlineData("endless", 50)]
    [InlineData("endless", 400)]
    [InlineData("written", 1)]
    [InlineData("written", 50)]
    [InlineData("written", 4000)]
    public async Task A_writer_that_is_killed_loses_nothing_that_it_acknowledged(string what, int after)
    {
        using Process writer = ChildProcess.Start(ChildProcess.Writer(what, Test.Folder, Test.KeyPath));
        var acknowledged = new List<long>();
        while (acknowledged.Count < after)
        {
            acknowledged.Add(long.Parse((await writer.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
        }

        writer.Kill();
        string rest = await writer.StandardOutput.ReadToEndAsync();
        await writer.WaitForExitAsync();
        acknowledged.AddRange(rest.Split('\n')[..^1].Select(line => long.Parse(line, CultureInfo.InvariantCulture)));

        Assert.Equal([TestStore.Session], await Test.Store.CloseInterruptedAsync(default));
        TranscriptVerification found = await Test.VerifyAsync();
        Assert.True(found is { Intact: true, Sealed: true }, found.Sentence);
        Assert.True(found.Events > acknowledged.Max(), $"{found.Events} events, {acknowledged.Max()} acknowledged");
    }
}
