using SafeConsole.Transcripts.Storage;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

/// <summary>What WriteAsync promises: in the file before it completes, on the disk within the window, and after a failure nothing more.</summary>
public sealed class WindowTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_written_event_is_in_the_file_and_not_shown_before_it_is_durable()
    {
        GatedFile? file = null;
        await using var test = new TestStore(path => file = new GatedFile(AppendFile.Create(path)));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);
        file!.Hold();

        Task written = transcript.WriteAsync(TestStore.Output("seen by the kernel"));

        Assert.True(written.IsCompletedSuccessfully);
        Assert.Single(test.LinesOf());
        Assert.Empty(await test.ReadAsync());
        Assert.Equal(0, transcript.DurableCount);
        file.LetThrough();
        Assert.True(await transcript.WaitBeyondAsync(0, default).WaitAsync(Patience));
        Assert.Single(await test.ReadAsync());
    }

    [Fact]
    public async Task Enqueued_events_share_the_write_of_the_next_one_and_keep_the_order()
    {
        GatedFile? file = null;
        await using var test = new TestStore(path => file = new GatedFile(AppendFile.Create(path)));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);
        file!.Hold();
        await transcript.WriteAsync(TestStore.Output("1"));
        await file.Entered.WaitAsync(Patience);
        transcript.Enqueue(TestStore.Output("2"));
        await transcript.WriteAsync(TestStore.Output("3"));
        int writes = file.Writes;
        file.LetThrough();

        Assert.Equal(4, await transcript.AppendAsync(TestStore.Output("4"), default));
        Assert.Equal(2, writes);
        Assert.All(test.LinesOf().Select((line, i) => (line, i)), pair => Assert.EndsWith($"\"text\":\"{pair.i + 1}\"}}}}", pair.line, StringComparison.Ordinal));
        Assert.True((await test.VerifyAsync()).Intact);
    }

    [Fact]
    public async Task What_is_only_enqueued_becomes_durable_by_itself()
    {
        await using var test = new TestStore();
        Transcript transcript = await test.WriteAsync(1);

        transcript.Enqueue(TestStore.Output("nobody waits"));

        Assert.True(await transcript.WaitBeyondAsync(1, default).WaitAsync(Patience));
    }

    [Fact]
    public async Task Beyond_the_window_an_event_waits_for_the_disk()
    {
        GatedFile? file = null;
        await using var test = new TestStore(path => file = new GatedFile(AppendFile.Create(path)));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);
        file!.Hold();
        await transcript.WriteAsync(TestStore.Output("1"));
        await file.Entered.WaitAsync(Patience);
        test.Time.Advance(FileTranscriptStore.DefaultWindow + TimeSpan.FromMilliseconds(1));

        Task late = transcript.WriteAsync(TestStore.Output("2"));
        bool waits = !late.IsCompleted;
        file.LetThrough();
        await late.WaitAsync(Patience);

        Assert.True(waits);
        Assert.Equal(2, transcript.DurableCount);
    }

    [Fact]
    public async Task Without_a_window_every_event_waits_for_the_disk()
    {
        await using var test = new TestStore();
        await using var store = new FileTranscriptStore(
            Path.Combine(test.Folder, "strict"), test.Time, test.Key, Microsoft.Extensions.Logging.Abstractions.NullLogger<FileTranscriptStore>.Instance) { Window = TimeSpan.Zero };
        await using Transcript transcript = await store.CreateAsync(TestStore.Session, default);
        for (int i = 1; i <= 20; i++)
        {
            await transcript.WriteAsync(TestStore.Output("x")).WaitAsync(Patience);
            Assert.Equal(i, transcript.DurableCount);
        }
    }

    [Fact]
    public async Task A_sync_that_fails_ends_the_record_and_keeps_what_was_passed_on()
    {
        await using var test = new TestStore(path => new FailingFile(AppendFile.Create(path), failAt: 1, alsoWhenCuttingBack: false, atSync: true));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);
        await transcript.WriteAsync(TestStore.Output("passed on"));

        Assert.Equal("Input/output error", (await transcript.Failed.WaitAsync(Patience)).Message);
        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.WriteAsync(TestStore.Output("later")));
        Assert.Throws<TranscriptFailedException>(() => transcript.Enqueue(TestStore.Output("later")));
        await transcript.DisposeAsync();

        Assert.Single(test.LinesOf());
        Assert.Empty(await test.ReadAsync());
    }

    [Fact]
    public async Task A_write_that_fails_is_refused_at_once_and_so_is_whatever_follows()
    {
        await using var test = new TestStore(path => new FailingFile(AppendFile.Create(path), failAt: 2, alsoWhenCuttingBack: false));
        Transcript transcript = await test.Store.CreateAsync(TestStore.Session, default);
        await transcript.WriteAsync(TestStore.Output("1"));

        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.WriteAsync(TestStore.Output("half")));
        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.WriteAsync(TestStore.Output("later")));
        Assert.True(transcript.Failed.IsCompleted);
        await transcript.DisposeAsync();

        Assert.Single(test.LinesOf());
    }
}
