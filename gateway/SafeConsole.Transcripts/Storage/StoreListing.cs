using Microsoft.Win32.SafeHandles;

namespace SafeConsole.Transcripts.Storage;

/// <summary>Lists a day's transcripts from the first bytes of each.</summary>
internal static class StoreListing
{
    /// <summary>The transcripts in a day's folder, newest first.</summary>
    public static List<TranscriptListing> Of(string day)
    {
        if (!Directory.Exists(day))
        {
            return [];
        }

        return [.. StoreFolder.SessionsIn(day)
            .Select(found => Describe(found.Session, found.Path))
            .OrderByDescending(listing => listing.StartedAt)
            .ThenByDescending(listing => listing.Session, StringComparer.Ordinal)];
    }

    private static TranscriptListing Describe(string session, string path)
    {
        using SafeFileHandle file = StoreFolder.OpenForReading(path);
        Span<byte> start = stackalloc byte[256];
        int read = RandomAccess.Read(file, start, 0);

        // Before the first event there is no recorded time; the file's own has to do.
        DateTimeOffset startedAt = TranscriptFormat.TryReadEnvelope(start[..read], out TranscriptEnvelope first)
            ? first.At
            : new DateTimeOffset(File.GetCreationTimeUtc(path), TimeSpan.Zero);
        return new TranscriptListing(session, startedAt, RandomAccess.GetLength(file), File.Exists(StoreFolder.SealPath(path)));
    }
}
