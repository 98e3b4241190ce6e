using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SafeConsole.Transcripts.Storage;

/// <summary>The events that share one write, chained to what was written before. One thread at a time uses it.</summary>
internal sealed class WriteGroup(IAppendFile file, DurablePoint start)
{
    private const int FullBytes = 1024 * 1024;

    private readonly List<PendingAppend> _members = [];
    private readonly byte[] _head = Encoding.ASCII.GetBytes(start.Head);
    private ArrayBufferWriter<byte> _lines = new(4096);
    private DateTimeOffset _at = start.At;
    private long _count = start.Count;
    private long _length = start.Length;
    private long _bytes;

    /// <summary>Whether it should be written before it grows further.</summary>
    public bool IsFull => _bytes >= FullBytes;

    /// <summary>The events since <see cref="Clear"/>.</summary>
    public IReadOnlyList<PendingAppend> Members => _members;

    public void Add(PendingAppend pending)
    {
        _members.Add(pending);
        _bytes += pending.Body.Length;
    }

    /// <summary>Chains the members and writes them behind what was written before; returns how far the file reaches then. Throws what the disk throws.</summary>
    public DurablePoint Write()
    {
        _members.ForEach(Chain);
        file.Write(_length, _lines.WrittenSpan);
        _length += _lines.WrittenCount;
        return new DurablePoint(_count, _length, Encoding.ASCII.GetString(_head), _at);
    }

    /// <summary>Makes room for the next members.</summary>
    public void Clear()
    {
        _members.Clear();
        _bytes = 0;
        if (_lines.Capacity > 2 * FullBytes)
        {
            _lines = new ArrayBufferWriter<byte>(4096);
        }
        else
        {
            _lines.ResetWrittenCount();
        }
    }

    private void Chain(PendingAppend pending)
    {
        _at = pending.At > _at ? pending.At : _at;
        pending.Number = ++_count;
        int from = _lines.WrittenCount;
        TranscriptFormat.WriteLine(_lines, pending.Number, _at, _head, pending.Body);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_lines.WrittenSpan[from..], hash);
        Convert.TryToHexStringLower(hash, _head, out _);
        _lines.Write("\n"u8);
    }
}
