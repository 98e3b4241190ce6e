using System.Text;
using Microsoft.Win32.SafeHandles;
using SafeConsole.Transcripts.Storage;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

public sealed class FollowTests : StoreTest
{
    [Fact]
    public async Task Followers_see_every_event_once_and_in_order_while_it_is_written()
    {
        const int events = 3000;
        Transcript transcript = await Test.WriteAsync(1);
        Task<List<TranscriptLine>>[] followers =
            [.. Enumerable.Range(0, 16).Select(i => Task.Run(() => Test.ReadAsync(from: 1 + (i * 100), follow: true)))];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(appender => Task.Run(async () =>
        {
            var random = new Random(appender);
            for (int i = 0; i < (events - 2) / 8; i++)
            {
                int length = random.Next(40) == 0 ? random.Next(200_000) : random.Next(300);
                await transcript.AppendAsync(TestStore.Output(new string('y', length)), default);
            }
        })));
        await transcript.SealAsync(TestStore.End, default);
        string[] stored = Test.LinesOf();

        for (int i = 0; i < followers.Length; i++)
        {
            int from = 1 + (i * 100);
            List<TranscriptLine> seen = await followers[i];
            Assert.Equal(Enumerable.Range(from, stored.Length - from + 1).Select(n => (long)n), seen.Select(line => line.Number));
            Assert.True(stored[(from - 1)..].SequenceEqual(seen.Select(line => Encoding.UTF8.GetString(line.Json.Span))));
        }
    }

    /// <summary>The clock of these tests stands still: only a pause, or somebody who waits, makes anything known.</summary>
    [Fact]
    public async Task Statements_that_follow_each_other_wake_followers_seldom_and_the_last_is_seen_all_the_same()
    {
        const int events = 20;
        GatedFile? file = null;
        await using var test = new TestStore(path => file = new GatedFile(AppendFile.Create(path)));
        Transcript transcript = await test.WriteAsync(1);
        int before = file!.Syncs;
        int woken = 0;
        Task following = Task.Run(async () =>
        {
            for (long seen = 1; seen < events; seen = transcript.DurableCount)
            {
                Assert.True(await transcript.WaitBeyondAsync(seen, default));
                woken++;
            }
        });
        for (int i = 2; i <= events; i++)
        {
            await transcript.WriteAsync(TestStore.Output("a statement"));
            Assert.True(SpinWait.SpinUntil(() => transcript.DurableCount == i, TimeSpan.FromSeconds(20)));
        }

        await following.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(events - 1, file.Syncs - before);
        Assert.InRange(woken, 1, (events - 1) / 2);
    }

    [Fact]
    public async Task What_somebody_waits_for_is_shown_at_once_while_statements_follow_each_other()
    {
        Transcript transcript = await Test.WriteAsync(1);
        using var enough = new CancellationTokenSource();
        Task statements = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await transcript.WriteAsync(TestStore.Output("a statement"));
                await Task.Delay(5);
            }
        });
        for (int i = 0; i < 10; i++)
        {
            Task<bool> shown = transcript.WaitBeyondAsync(transcript.DurableCount, default);
            await transcript.AppendAsync(TestStore.Output("a key's echo"), default);
            Assert.True(await shown.WaitAsync(TimeSpan.FromSeconds(20)));
        }

        await enough.CancelAsync();
        await statements;
    }

    [Fact]
    public async Task A_follower_may_wait_for_an_event_that_is_yet_to_come()
    {
        Transcript transcript = await Test.WriteAsync(2);
        Task<List<TranscriptLine>> ahead = Test.ReadAsync(from: 4, follow: true);
        Task<List<TranscriptLine>> tooFar = Test.ReadAsync(from: 40, follow: true);
        await transcript.AppendAsync(TestStore.Output("3"), default);
        await transcript.AppendAsync(TestStore.Output("4"), default);
        await transcript.SealAsync(TestStore.End, default);

        Assert.Equal([4L, 5L], (await ahead).Select(line => line.Number));
        Assert.Empty(await tooFar);
    }

    [Fact]
    public async Task A_follower_of_a_disposed_transcript_comes_to_an_end()
    {
        Transcript transcript = await Test.WriteAsync(2);
        Task<List<TranscriptLine>> follower = Test.ReadAsync(follow: true);
        await transcript.DisposeAsync();

        Assert.Equal(2, (await follower).Count);
        Assert.False(await transcript.WaitBeyondAsync(2, default));
        Assert.True(await transcript.WaitBeyondAsync(1, default));
    }

    [Fact]
    public async Task A_follower_can_leave()
    {
        Transcript transcript = await Test.WriteAsync(2);
        using var leave = new CancellationTokenSource();
        await using IAsyncEnumerator<TranscriptLine> follower = Test.Store.ReadAsync(TestStore.Session, 1, true, leave.Token).GetAsyncEnumerator(default);
        Assert.True(await follower.MoveNextAsync());
        Assert.True(await follower.MoveNextAsync());
        ValueTask<bool> third = follower.MoveNextAsync();
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await third);
        Assert.Equal(3, await transcript.AppendAsync(TestStore.Output("goes on"), default));
    }

    [Fact]
    public async Task Lines_stay_as_they_were_when_later_ones_are_read()
    {
        await Test.WriteSealedAsync(2000);

        List<TranscriptLine> lines = await Test.ReadAsync();

        Assert.Equal(Test.LinesOf(), lines.Select(line => Encoding.UTF8.GetString(line.Json.Span)));
    }

    [Fact]
    public async Task Reading_may_begin_at_any_event()
    {
        Transcript transcript = await Test.WriteAsync(1);
        var random = new Random(7);
        for (int i = 2; i <= 400; i++)
        {
            await transcript.AppendAsync(TestStore.Output(new string('z', random.Next(20) == 0 ? 150_000 : random.Next(2000))), default);
        }

        for (int from = 1; from <= 401; from++)
        {
            await using IAsyncEnumerator<TranscriptLine> lines = Test.Store.ReadAsync(TestStore.Session, from, false, default).GetAsyncEnumerator();
            Assert.Equal(from <= 400, await lines.MoveNextAsync());
            Assert.Equal(from <= 400 ? from : 0, from <= 400 ? lines.Current.Number : 0);
        }
    }

    [Fact]
    public async Task The_search_for_an_event_ends_close_before_it()
    {
        await Test.WriteSealedAsync(20_000);
        using SafeFileHandle file = StoreFolder.OpenForReading(Test.PathOf());
        long length = RandomAccess.GetLength(file);
        var starts = new List<long> { 0 };
        foreach (string line in Test.LinesOf())
        {
            starts.Add(starts[^1] + line.Length + 1);
        }

        for (int number = 1; number <= 20_000; number += 7)
        {
            long offset = LineSearch.OffsetBefore(file, length, number);
            Assert.InRange(offset, starts[number - 1] - (66 * 1024), starts[number - 1]);
            Assert.True(starts.BinarySearch(offset) >= 0);
        }
    }

    [Fact]
    public async Task A_transcript_that_was_cut_while_it_is_followed_is_not_passed_off_as_whole()
    {
        await Test.WriteAsync(50);
        string path = Test.PathOf();
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..1000]);

        await Assert.ThrowsAsync<InvalidDataException>(() => Test.ReadAsync());
    }

    [Fact]
    public async Task A_line_longer_than_any_event_is_refused_rather_than_held_in_memory()
    {
        await Test.WriteSealedAsync(5);
        await using (FileStream file = File.OpenWrite(Test.PathOf()))
        {
            file.SetLength(TranscriptFormat.MaximumLineBytes * 4L);
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => Test.ReadAsync());
        Assert.False((await Test.VerifyAsync()).Intact);
    }
}
