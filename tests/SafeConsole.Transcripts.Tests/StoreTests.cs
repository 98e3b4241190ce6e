using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

public sealed class StoreTests : StoreTest
{
    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../../../../../../../../../etc/passwd")]
    [InlineData("/0193a5b2-7c41-7e55-9a10-5d1c0be4f00")]
    [InlineData("0193a5b2-7c41-7e55-9a10-5d1c0be4f00/")]
    [InlineData("0193A5B2-7C41-7E55-9A10-5D1C0BE4F001")]
    [InlineData("------------------------------------")]
    [InlineData("0193a5b2-7c41-7e55-9a10-5d1c0be4f001\n")]
    [InlineData("0193a5b2-7c41-7e55-9a10-5d1c0be4f001.seal")]
    [InlineData("{0193a5b2-7c41-7e55-9a10-5d1c0be4f01}")]
    public async Task A_session_id_that_is_no_uuid_reaches_no_file(string session)
    {
        await Test.WriteSealedAsync(3);
        int before = Directory.EnumerateFileSystemEntries(Test.Folder, "*", SearchOption.AllDirectories).Count();

        await Assert.ThrowsAsync<ArgumentException>(() => Test.Store.CreateAsync(session, default));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Test.VerifyAsync(session));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Test.ReadAsync(session: session));

        Assert.Equal(before, Directory.EnumerateFileSystemEntries(Test.Folder, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task A_session_without_a_transcript_is_not_found()
    {
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Test.VerifyAsync());
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Test.ReadAsync());
    }

    [Fact]
    public async Task A_session_has_one_transcript_for_ever()
    {
        await Test.WriteSealedAsync(3);
        Test.Time.Advance(TimeSpan.FromDays(3));
        await Assert.ThrowsAsync<TranscriptFailedException>(() => Test.Store.CreateAsync(TestStore.Session, default));

        await Test.RestartAsync();
        await Assert.ThrowsAsync<TranscriptFailedException>(() => Test.Store.CreateAsync(TestStore.Session, default));
    }

    [Fact]
    public async Task Files_and_folders_are_the_gateways_alone()
    {
        await Test.WriteSealedAsync(3);

        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(Directory.EnumerateFiles(Test.Folder, "*", SearchOption.AllDirectories), path => Assert.Equal(file, File.GetUnixFileMode(path)));
        Assert.All(
            Directory.EnumerateDirectories(Test.Folder, "*", SearchOption.AllDirectories).Append(Test.Folder),
            path => Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task The_list_is_newest_first_and_knows_what_is_sealed()
    {
        await Test.WriteSealedAsync(3);
        Test.Time.Advance(TimeSpan.FromMinutes(1));
        string[] later = [.. Enumerable.Range(0, 3).Select(i => $"0000000{i}-7c41-7e55-9a10-5d1c0be4f001")];
        foreach (string session in later)
        {
            Test.Time.Advance(TimeSpan.FromHours(5));
            await Test.WriteAsync(2, session);
        }

        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(Test.PathOf())!, "notes.ndjson"), "not ours");
        var listed = new List<TranscriptListing>();
        await foreach (TranscriptListing listing in Test.Store.ListAsync(default))
        {
            listed.Add(listing);
        }

        Assert.Equal([later[2], later[1], later[0], TestStore.Session], listed.Select(listing => listing.Session));
        Assert.Equal([false, false, false, true], listed.Select(listing => listing.Sealed));
        Assert.Equal(TestStore.Start, listed[^1].StartedAt);
        Assert.Equal(new FileInfo(Test.PathOf()).Length, listed[^1].Bytes);
    }

    [Fact]
    public async Task Only_one_store_at_a_time_writes_to_a_folder()
    {
        await Test.WriteSealedAsync(3);
        await using (var second = new FileTranscriptStore(Test.Folder, Test.Time, Test.Key, NullLogger<FileTranscriptStore>.Instance))
        {
            await Assert.ThrowsAsync<TranscriptFailedException>(() => second.CreateAsync(TestStore.OtherSession, default));
            await Assert.ThrowsAsync<TranscriptFailedException>(() => second.CloseInterruptedAsync(default));
            Assert.True((await second.VerifyAsync(TestStore.Session, default)).Intact);
        }

        await Test.Store.DisposeAsync();
        await using var third = new FileTranscriptStore(Test.Folder, Test.Time, Test.Key, NullLogger<FileTranscriptStore>.Instance);
        await using Transcript free = await third.CreateAsync(TestStore.OtherSession, default);
    }
}
