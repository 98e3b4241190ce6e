using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

public sealed class StoreTests : IAsyncDisposable
{
    private readonly TestStore _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

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
        await _test.WriteSealedAsync(3);
        int before = Directory.EnumerateFileSystemEntries(_test.Folder, "*", SearchOption.AllDirectories).Count();

        await Assert.ThrowsAsync<ArgumentException>(() => _test.Store.CreateAsync(session, default));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _test.VerifyAsync(session));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _test.ReadAsync(session: session));

        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_test.Folder, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task A_session_without_a_transcript_is_not_found()
    {
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _test.VerifyAsync());
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _test.ReadAsync());
    }

    [Fact]
    public async Task A_session_has_one_transcript_for_ever()
    {
        await _test.WriteSealedAsync(3);
        _test.Time.Advance(TimeSpan.FromDays(3));
        await Assert.ThrowsAsync<TranscriptFailedException>(() => _test.Store.CreateAsync(TestStore.Session, default));

        await _test.RestartAsync();
        await Assert.ThrowsAsync<TranscriptFailedException>(() => _test.Store.CreateAsync(TestStore.Session, default));
    }

    [Fact]
    public async Task Files_and_folders_are_the_gateways_alone()
    {
        await _test.WriteSealedAsync(3);

        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(Directory.EnumerateFiles(_test.Folder, "*", SearchOption.AllDirectories), path => Assert.Equal(file, File.GetUnixFileMode(path)));
        Assert.All(
            Directory.EnumerateDirectories(_test.Folder, "*", SearchOption.AllDirectories).Append(_test.Folder),
            path => Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task The_list_is_newest_first_and_knows_what_is_sealed()
    {
        await _test.WriteSealedAsync(3);
        _test.Time.Advance(TimeSpan.FromMinutes(1));
        string[] later = [.. Enumerable.Range(0, 3).Select(i => $"0000000{i}-7c41-7e55-9a10-5d1c0be4f001")];
        foreach (string session in later)
        {
            _test.Time.Advance(TimeSpan.FromHours(5));
            await _test.WriteAsync(2, session);
        }

        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(_test.PathOf())!, "notes.ndjson"), "not ours");
        var listed = new List<TranscriptListing>();
        await foreach (TranscriptListing listing in _test.Store.ListAsync(default))
        {
            listed.Add(listing);
        }

        Assert.Equal([later[2], later[1], later[0], TestStore.Session], listed.Select(listing => listing.Session));
        Assert.Equal([false, false, false, true], listed.Select(listing => listing.Sealed));
        Assert.Equal(TestStore.Start, listed[^1].StartedAt);
        Assert.Equal(new FileInfo(_test.PathOf()).Length, listed[^1].Bytes);
    }

    [Fact]
    public async Task Only_one_store_at_a_time_writes_to_a_folder()
    {
        await _test.WriteSealedAsync(3);
        await using (var second = new FileTranscriptStore(_test.Folder, _test.Time, _test.Key, NullLogger<FileTranscriptStore>.Instance))
        {
            await Assert.ThrowsAsync<TranscriptFailedException>(() => second.CreateAsync(TestStore.OtherSession, default));
            await Assert.ThrowsAsync<TranscriptFailedException>(() => second.CloseInterruptedAsync(default));
            Assert.True((await second.VerifyAsync(TestStore.Session, default)).Intact);
        }

        await _test.Store.DisposeAsync();
        await using var third = new FileTranscriptStore(_test.Folder, _test.Time, _test.Key, NullLogger<FileTranscriptStore>.Instance);
        await using Transcript free = await third.CreateAsync(TestStore.OtherSession, default);
    }
}
