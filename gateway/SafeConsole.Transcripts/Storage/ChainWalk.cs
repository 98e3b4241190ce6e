using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SafeConsole.Transcripts.Storage;

/// <summary>Recomputes a transcript's chain, reading it once from the front.</summary>
internal sealed class ChainWalk(string session)
{
    private readonly byte[] _head = Encoding.ASCII.GetBytes(TranscriptFormat.FirstPrevious(session));
    private long _count;
    private long _length;
    private DateTimeOffset _at = DateTimeOffset.MinValue;
    private ReadOnlyMemory<byte> _last;
    private long _firstBad;
    private string? _fault;

    public static Task<ChainScan> RunAsync(string session, SafeFileHandle file, long limit, CancellationToken cancellationToken) =>
        new ChainWalk(session).WalkAsync(file, limit, cancellationToken);

    private async Task<ChainScan> WalkAsync(SafeFileHandle file, long limit, CancellationToken cancellationToken)
    {
        var reader = new LineReader(file, 0);
        try
        {
            while (_fault is null && await reader.ReadAsync(limit, cancellationToken).ConfigureAwait(false) is { Count: > 0 } lines)
            {
                for (int i = 0; i < lines.Count && TryFollow(lines[i].Span); i++)
                {
                    _last = lines[i];
                }
            }
        }
        catch (InvalidDataException unreadable)
        {
            Blame(_count + 1, unreadable.Message);
        }

        var good = new DurablePoint(_count, _length, Encoding.ASCII.GetString(_head), _at);
        return _fault is null
            ? new ChainScan(good, _last, reader.UnfinishedBytes, null, null)
            : new ChainScan(good, _last, 0, _firstBad, _fault);
    }

    private bool TryFollow(ReadOnlySpan<byte> line)
    {
        long expected = _count + 1;
        if (!TranscriptFormat.TryReadEnvelope(line, out TranscriptEnvelope envelope))
        {
            return Blame(expected, Say($"Event {expected} cannot be read."));
        }

        if (envelope.Number != expected)
        {
            return Blame(expected, Say($"Where event {expected} should stand there is event {envelope.Number}: lines were removed, inserted or moved."));
        }

        if (!envelope.Previous.SequenceEqual(_head))
        {
            return expected == 1
                ? Blame(1, "Event 1 does not begin this session's chain.")
                : Blame(expected - 1, Say($"Event {expected - 1} is not the one that event {expected} was chained to: one of the two was changed."));
        }

        if (envelope.At < _at)
        {
            return Blame(expected, Say($"Event {expected} claims an earlier time than the event before it."));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        Convert.TryToHexStringLower(hash, _head, out _);
        _count = expected;
        _length += line.Length + 1;
        _at = envelope.At;
        return true;
    }

    private bool Blame(long number, string sentence)
    {
        _firstBad = number;
        _fault = sentence;
        return false;
    }

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
