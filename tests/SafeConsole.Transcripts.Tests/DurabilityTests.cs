using SafeConsole.Transcripts.Storage;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

public sealed class DurabilityTests
{
    [Fact]
    public async Task Appends_that_arrive_during_a_sync_share_the_next_one()
    {
        GatedFile? file = null;
        await using var test = new TestStore(path => file = new GatedFile(AppendFile.Create(path)));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);
        file!.Hold();
        Task<long> first = transcript.AppendAsync(TestStore.Opened(), default);
        await file.Entered;
        Task<long>[] others = [.. Enumerable.Range(0, 100).Select(i => transcript.AppendAsync(TestStore.Output($"{i}"), default))];
        file.LetThrough();

        Assert.Equal(1, await first);
        Assert.Equal(Enumerable.Range(2, 100).Select(n => (long)n), await Task.WhenAll(others));
        Assert.Equal(2, file.Syncs);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_or_shown_before_it_is_durable()
    {
        GatedFile? file = null;
        await using var test = new TestStore(path => file = new GatedFile(AppendFile.Create(path)));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);
        file!.Hold();
        Task<long> append = transcript.AppendAsync(TestStore.Opened(), default);
        Task<bool> beyond = transcript.WaitBeyondAsync(0, default);
        await file.Entered;

        Assert.NotEmpty(test.LinesOf());
        Assert.Empty(await test.ReadAsync());
        Assert.Equal(0, transcript.DurableCount);
        Assert.False(append.IsCompleted);
        Assert.False(beyond.IsCompleted);

        file.LetThrough();
        Assert.Equal(1, await append);
        Assert.True(await beyond);
        Assert.Equal(1, transcript.DurableCount);
        Assert.Single(await test.ReadAsync());
    }

    [Fact]
    public async Task More_appends_than_the_queue_holds_are_recorded_in_the_order_of_the_calls()
    {
        GatedFile? file = null;
        await using var test = new TestStore(path => file = new GatedFile(AppendFile.Create(path)));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);
        file!.Hold();
        Task<long>[] appends = [.. Enumerable.Range(1, 1000).Select(i => transcript.AppendAsync(TestStore.Output($"{i}"), default))];
        file.LetThrough();

        Assert.Equal(Enumerable.Range(1, 1000).Select(n => (long)n), await Task.WhenAll(appends));
        Assert.All(test.LinesOf().Select((line, i) => (line, i)), pair => Assert.EndsWith($"\"text\":\"{pair.i + 1}\"}}}}", pair.line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disk_that_fails_ends_the_transcript_for_good(bool alsoWhenCuttingBack)
    {
        FailingFile? file = null;
        await using var test = new TestStore(path => file = new FailingFile(AppendFile.Create(path), failAt: 4, alsoWhenCuttingBack));
        Transcript transcript = await test.WriteAsync(3);

        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.AppendAsync(TestStore.Output("lost"), default));
        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.AppendAsync(TestStore.Output("later"), default));
        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.SealAsync(TestStore.End, default));

        Assert.Equal("Input/output error", (await transcript.Failed).Message);
        Assert.Equal(3, transcript.DurableCount);
        Assert.Equal(3, (await test.ReadAsync()).Count);
        Assert.False(await transcript.WaitBeyondAsync(3, default));
        await transcript.DisposeAsync();
        Assert.Equal(3, (await test.ReadAsync(follow: true)).Count);
        Assert.True(file!.IsDisposed);

        await test.RestartAsync();
        Assert.Equal([TestStore.Session], await test.Store.CloseInterruptedAsync(default));
        Assert.Equal(4, test.LinesOf().Length);
        Assert.True((await test.VerifyAsync()).Sealed);
    }

    [Fact]
    public async Task A_failing_disk_refuses_the_whole_group_and_whatever_waits_behind_it()
    {
        await using var test = new TestStore(path => new FailingFile(AppendFile.Create(path), failAt: 1, alsoWhenCuttingBack: false));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);

        Task<long>[] appends = [.. Enumerable.Range(0, 1000).Select(i => transcript.AppendAsync(TestStore.Output($"{i}"), default))];

        foreach (Task<long> append in appends)
        {
            await Assert.ThrowsAsync<TranscriptFailedException>(() => append);
        }

        Assert.Empty(test.LinesOf());
    }

    [Theory]
    [InlineData("file deleted")]
    [InlineData("folder deleted")]
    [InlineData("file moved")]
    [InlineData("file replaced")]
    public async Task A_file_that_lost_its_name_fails_the_transcript(string how)
    {
        await using var test = new TestStore();
        Transcript transcript = await test.WriteAsync(3);
        string path = test.PathOf();
        switch (how)
        {
            case "file deleted": File.Delete(path); break;
            case "folder deleted": Directory.Delete(test.Folder, recursive: true); break;
            case "file moved": File.Move(path, path + ".old"); break;
            default: File.Copy(path, path + ".new"); File.Move(path + ".new", path, overwrite: true); break;
        }

        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.AppendAsync(TestStore.Output("lost"), default));
        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.AppendAsync(TestStore.Output("later"), default));
        Assert.IsType<IOException>(await transcript.Failed);
        Directory.CreateDirectory(test.Folder);
    }

    [Fact]
    public async Task A_new_session_does_not_start_where_the_stores_folder_is_gone()
    {
        await using var test = new TestStore();
        Directory.Delete(test.Folder, recursive: true);

        await Assert.ThrowsAsync<TranscriptFailedException>(() => test.Store.CreateAsync(TestStore.Session, default));
        Assert.False(Directory.Exists(test.Folder));
    }

    [Fact]
    public async Task An_event_too_long_for_a_line_cannot_be_recorded_and_so_ends_the_record()
    {
        await using var test = new TestStore();
        Transcript transcript = await test.WriteAsync(1);
        Assert.Equal(2, await transcript.AppendAsync(TestStore.Output(new string('x', TranscriptFormat.MaximumBodyBytes - 100)), default));

        await Assert.ThrowsAsync<TranscriptFailedException>(
            () => transcript.AppendAsync(TestStore.Output(new string('x', TranscriptFormat.MaximumBodyBytes)), default));

        Assert.IsType<InvalidDataException>(await transcript.Failed);
        Assert.Equal(2, (await test.ReadAsync(follow: true)).Count);
    }

    [Fact]
    public async Task An_event_that_json_cannot_hold_ends_the_record()
    {
        await using var test = new TestStore();
        Transcript transcript = await test.WriteAsync(1);

        await Assert.ThrowsAsync<TranscriptFailedException>(
            () => transcript.AppendAsync(new Events.RunnerStageReached("ready", double.NaN, null), default));

        Assert.True(transcript.Failed.IsCompleted);
    }

    [Fact]
    public async Task Time_in_a_transcript_never_runs_backwards()
    {
        var clock = new SteppingTime(TestStore.Start, TestStore.Start.AddSeconds(5), TestStore.Start.AddSeconds(2), TestStore.Start.AddSeconds(6));
        await using var test = new TestStore();
        await using var store = new FileTranscriptStore(
            Path.Combine(test.Folder, "stepping"), clock, test.Key, Microsoft.Extensions.Logging.Abstractions.NullLogger<FileTranscriptStore>.Instance);
        await using Transcript transcript = await store.CreateAsync(TestStore.Session, default);
        for (int i = 0; i < 3; i++)
        {
            await transcript.AppendAsync(TestStore.Output("x"), default);
        }

        double[] seconds = [.. test.LinesOf().Select(line => (TranscriptFormat.Parse(System.Text.Encoding.UTF8.GetBytes(line)).At - TestStore.Start).TotalSeconds)];
        Assert.Equal([5, 5, 6], seconds);
    }

    [Fact]
    public async Task Giving_up_waiting_does_not_take_a_queued_event_back()
    {
        GatedFile? file = null;
        await using var test = new TestStore(path => file = new GatedFile(AppendFile.Create(path)));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);
        using var giveUp = new CancellationTokenSource();
        file!.Hold();
        Task<long> append = transcript.AppendAsync(TestStore.Opened(), giveUp.Token);
        await file.Entered;
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        file.LetThrough();

        Assert.Equal(2, await transcript.AppendAsync(TestStore.Output("next"), default));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transcript.AppendAsync(TestStore.Output("never"), giveUp.Token));
        Assert.Equal(2, test.LinesOf().Length);
    }
}
