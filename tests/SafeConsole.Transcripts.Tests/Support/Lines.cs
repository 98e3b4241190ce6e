using System.Buffers;
using System.Text;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>Lines made without a store.</summary>
internal static class Lines
{
    public static readonly string AnyHash = new('a', 64);

    public static byte[] Of(long number, DateTimeOffset at, TranscriptEvent happened, string? previous = null)
    {
        var line = new ArrayBufferWriter<byte>();
        TranscriptFormat.WriteLine(line, number, at, Encoding.ASCII.GetBytes(previous ?? AnyHash), TranscriptFormat.SerializeBody(happened));
        return line.WrittenSpan.ToArray();
    }
}
