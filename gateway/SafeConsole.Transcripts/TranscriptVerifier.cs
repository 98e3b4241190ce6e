using System.Globalization;
using Microsoft.Win32.SafeHandles;
using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts;

/// <summary>Checks one stored transcript: the chain, then the seal over its head, and says in words what it found.</summary>
internal sealed class TranscriptVerifier(string session, string path, TranscriptSigningKey key)
{
    /// <summary>With <paramref name="live"/>, the end that the running writer knows of, the file must reach exactly there.</summary>
    public async Task<TranscriptVerification> VerifyAsync(DurablePoint? live, CancellationToken cancellationToken)
    {
        ChainScan scan;
        using (SafeFileHandle file = StoreFolder.OpenForReading(path))
        {
            long limit = live?.Length ?? RandomAccess.GetLength(file);
            scan = await ChainWalk.RunAsync(session, file, limit, cancellationToken).ConfigureAwait(false);
        }

        TranscriptSeal? seal = await ReadSealAsync(cancellationToken).ConfigureAwait(false);
        bool isSealed = seal is not null && seal.Session == session && key.Signed(seal);
        (long? firstBad, string sentence) = Judge(scan, live, seal, isSealed);
        bool intact = firstBad is null && (seal is null || isSealed);
        return new TranscriptVerification(intact, isSealed, scan.Good.Count, scan.Good.Head, firstBad, sentence);
    }

    private static (long? FirstBad, string Sentence) Judge(ChainScan scan, DurablePoint? live, TranscriptSeal? seal, bool isSealed)
    {
        DurablePoint end = scan.Good;
        if (scan.Fault is not null)
        {
            return (scan.FirstBadEvent, scan.Fault);
        }

        if (scan.TornBytes > 0)
        {
            return (end.Count + 1, Say($"After event {end.Count} the record breaks off in the middle of a line."));
        }

        if (live is not null && seal is null)
        {
            return end.Count == live.Count && end.Head == live.Head
                ? (null, Say($"The session is not closed yet; its {end.Count} events so far fit together."))
                : (Math.Max(1, Math.Min(end.Count, live.Count)), Say($"The file's end is not event {live.Count} as it was recorded."));
        }

        if (seal is null)
        {
            return (null, Say($"The {end.Count} events fit together, but the record was never sealed: nothing shows whether more followed."));
        }

        return isSealed
            ? JudgeAgainst(seal, end)
            : (null, Say($"The {end.Count} events fit together, but the seal beside them does not bear this gateway's signature."));
    }

    private static (long? FirstBad, string Sentence) JudgeAgainst(TranscriptSeal seal, DurablePoint end)
    {
        if (seal.Events != end.Count)
        {
            return (Math.Min(seal.Events, end.Count) + 1, Say($"The seal was set on {seal.Events} events, but {end.Count} are stored."));
        }

        return seal.Head == end.Head
            ? (null, Say($"All {end.Count} events are as they were recorded; the seal of {seal.SealedAt} fits."))
            : (end.Count, Say($"The last event, {end.Count}, is not the one that was sealed."));
    }

    /// <summary>The seal beside the transcript; null if there is none. What cannot be read counts as a seal with no signature.</summary>
    private async Task<TranscriptSeal?> ReadSealAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(StoreFolder.SealPath(path));
        if (!file.Exists)
        {
            return null;
        }

        byte[] json = file.Length <= TranscriptSeal.MaximumBytes
            ? await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false)
            : [];
        return TranscriptSeal.TryParse(json) ?? new TranscriptSeal(session, 0, "", "", "", "");
    }

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
