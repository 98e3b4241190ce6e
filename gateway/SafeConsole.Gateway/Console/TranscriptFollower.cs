using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SafeConsole.Transcripts;

namespace SafeConsole.Gateway.Console;

/// <summary>Turns a transcript into batches of lines for one follower: everything from an event on, then what comes, until the transcript is closed.</summary>
public sealed class TranscriptFollower(ITranscriptStore transcripts, ConsoleSessions sessions)
{
    /// <summary>The bytes of a batch; a single longer line goes alone.</summary>
    public const int BatchSize = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Follows the session from an event, counting from 1. Throws <see cref="KeyNotFoundException"/> where there is no transcript.</summary>
    public async IAsyncEnumerable<FollowBatch> FollowAsync(
        string session, long fromNumber, FollowWindow window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = fromNumber;
        var sawEnd = false;
        var batch = new ArrayBufferWriter<byte>(4096);
        await using var lines = transcripts.ReadAsync(session, fromNumber, follow: true, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var more = lines.MoveNextAsync();
        while (true)
        {
            // What is there goes into the batch; before waiting for more, the batch goes out.
            if (batch.WrittenCount > 0 && !more.IsCompleted)
                yield return await SendAsync(batch);
            if (!await more)
                break;
            var line = lines.Current;
            if (batch.WrittenCount > 0 && batch.WrittenCount + line.Json.Length >= BatchSize)
                yield return await SendAsync(batch);
            batch.Write(line.Json.Span);
            batch.Write("\n"u8);
            next = line.Number + 1;
            sawEnd = IsEnd(line.Json.Span);
            more = lines.MoveNextAsync();
        }

        if (batch.WrittenCount > 0)
            yield return await SendAsync(batch);
        if (!sawEnd && await UnrecordedEndAsync(session, next, cancellationToken) is { } end)
            yield return new FollowBatch(next, end, false);

        async ValueTask<FollowBatch> SendAsync(ArrayBufferWriter<byte> ready)
        {
            await window.WaitForRoomAsync(cancellationToken);
            var result = new FollowBatch(next, ready.WrittenSpan.ToArray(), !sawEnd && sessions.Find(session) is not null);
            window.Sent(next - 1, ready.WrittenCount);
            ready.ResetWrittenCount();
            return result;
        }
    }

    private static bool IsEnd(ReadOnlySpan<byte> line) =>
        line[..Math.Min(line.Length, 256)].IndexOf("\"type\":\"session.ended\""u8) >= 0;

    // The transcript stopped without its end: it failed. Its people are told all the same, by a line that says of itself that it is not on record.
    private async Task<byte[]?> UnrecordedEndAsync(string session, long number, CancellationToken cancellationToken)
    {
        var ending = sessions.Find(session) is { } live
            ? await live.Ending.Ended.WaitAsync(cancellationToken)
            : sessions.UnrecordedEnding(session);
        if (ending is null)
            return null;
        var line = new { n = number, type = "session.ended", reason = ending.Reason, sentence = ending.Sentence, exitCode = ending.ExitCode, unrecorded = true };
        return [.. JsonSerializer.SerializeToUtf8Bytes(line, Json), (byte)'\n'];
    }
}
