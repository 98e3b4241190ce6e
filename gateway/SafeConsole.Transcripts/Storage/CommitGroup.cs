using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SafeConsole.Transcripts.Storage;

/// <summary>The events that share one write and one sync, chained to what is durable already. One thread uses it.</summary>
internal sealed class CommitGroup(IAppendFile file, DurableProgress progress) : IDisposable
{
    private const int FullBytes = 1024 * 1024;

    private readonly List<PendingAppend> _members = [];
    private readonly byte[] _head = Encoding.ASCII.GetBytes(progress.Point.Head);
    private ArrayBufferWriter<byte> _lines = new(4096);
    private DateTimeOffset _at = progress.Point.At;

    /// <summary>Whether it should be committed before it grows further.</summary>
    public bool IsFull => _lines.WrittenCount >= FullBytes;

    /// <summary>Whether the session's last event was added.</summary>
    public bool HasEnded { get; private set; }

    public void Add(PendingAppend pending)
    {
        _members.Add(pending);
        _at = Later(_at, pending.At);
        int start = _lines.WrittenCount;
        TranscriptFormat.WriteLine(_lines, progress.Point.Count + _members.Count, _at, _head, pending.Body);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_lines.WrittenSpan[start..], hash);
        Convert.TryToHexStringLower(hash, _head, out _);
        _lines.Write("\n"u8);
        HasEnded |= pending.Last;
    }

    /// <summary>Makes the members durable, then lets followers and finally the appenders know. Throws what the disk throws.</summary>
    public void Commit()
    {
        if (_members.Count == 0)
        {
            return;
        }

        DurablePoint before = progress.Point;
        file.Commit(before.Length, _lines.WrittenSpan);
        progress.Advance(new DurablePoint(
            before.Count + _members.Count, before.Length + _lines.WrittenCount, Encoding.ASCII.GetString(_head), _at));
        long number = before.Count;
        foreach (PendingAppend member in _members)
        {
            member.Complete(++number);
        }

        Clear();
    }

    /// <summary>Gives up: no member is acknowledged, and what was half-written is taken off the file if the disk lets us.</summary>
    public void Abandon(TranscriptFailedException why)
    {
        foreach (PendingAppend member in _members)
        {
            member.Reject(why);
        }

        try
        {
            file.CutBack(progress.Point.Length);
        }
        catch (Exception stillBroken) when (stillBroken is IOException or UnauthorizedAccessException)
        {
            // Left for CloseInterruptedAsync: nothing is ever appended behind it.
        }
    }

    public void Dispose() => file.Dispose();

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private void Clear()
    {
        _members.Clear();
        if (_lines.Capacity > 2 * FullBytes)
        {
            _lines = new ArrayBufferWriter<byte>(4096);
        }
        else
        {
            _lines.ResetWrittenCount();
        }
    }
}
