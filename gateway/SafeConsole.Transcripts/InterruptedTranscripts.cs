using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using SafeConsole.Transcripts.Events;
using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts;

/// <summary>Closes what a dead gateway left open. A record whose chain does not fit is left as it is found: signing it would vouch for it.</summary>
internal sealed class InterruptedTranscripts(TimeProvider time, TranscriptSigningKey key, ILogger log)
{
    public async Task<bool> TryCloseAsync(string session, string path, CancellationToken cancellationToken)
    {
        try
        {
            ChainScan scan = await ScanAsync(session, path, cancellationToken).ConfigureAwait(false);
            if (scan.Fault is not null)
            {
                log.InterruptedDamaged(session, scan.Fault);
                return false;
            }

            DurablePoint end = await Task.Run(() => Close(path, scan), cancellationToken).ConfigureAwait(false);
            TranscriptSeal seal = TranscriptSeal.Sign(session, end.Count, end.Head, time.GetUtcNow(), key);
            SmallFile.Write(StoreFolder.SealPath(path), seal.ToJson(), SmallFile.OwnerOnly);
            log.InterruptedClosed(session, end.Count, scan.TornBytes);
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            log.InterruptedNotClosed(cause, session);
            return false;
        }
    }

    private static async Task<ChainScan> ScanAsync(string session, string path, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = StoreFolder.OpenForReading(path);
        return await ChainWalk.RunAsync(session, file, RandomAccess.GetLength(file), cancellationToken).ConfigureAwait(false);
    }

    private DurablePoint Close(string path, ChainScan scan)
    {
        using var file = AppendFile.Open(path);
        if (scan.TornBytes > 0)
        {
            file.CutBack(scan.Good.Length);
        }

        DurablePoint good = scan.Good;
        if (good.Count > 0 && TranscriptFormat.Parse(scan.LastLine.Span).Happened is SessionEnded)
        {
            // The gateway died between the last event and the seal: what it had not synced yet is synced now.
            file.CutBack(good.Length);
            return good;
        }

        var line = new ArrayBufferWriter<byte>();
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset at = now > good.At ? now : good.At;
        byte[] body = TranscriptFormat.SerializeBody(EndAfter(scan.TornBytes));
        TranscriptFormat.WriteLine(line, good.Count + 1, at, System.Text.Encoding.ASCII.GetBytes(good.Head), body);
        string head = TranscriptFormat.Hash(line.WrittenSpan);
        line.Write("\n"u8);
        file.Write(good.Length, line.WrittenSpan);
        file.Sync();
        return new DurablePoint(good.Count + 1, good.Length + line.WrittenCount, head, at);
    }

    private static SessionEnded EndAfter(long tornBytes)
    {
        string sentence = "The gateway stopped unexpectedly, and the session with it; its record was closed when the gateway started again.";
        return new SessionEnded(
            SessionEndReason.GatewayInterrupted,
            tornBytes == 0
                ? sentence
                : sentence + string.Create(CultureInfo.InvariantCulture, $" An unfinished last line of {tornBytes} bytes was dropped."),
            null);
    }
}
