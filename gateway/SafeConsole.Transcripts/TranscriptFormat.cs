using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts;

/// <summary>
/// The stored form, version 1. A line is <c>{"n":1,"at":"2026-11-23T17:00:00.123456Z","prev":"…","type":"session.opened",…}</c> in
/// UTF-8 and ends with a newline that no hash covers. <c>prev</c> is the SHA-256 of the line before; for the first line it is the
/// SHA-256 of the text <c>safeconsole transcript 1\n</c> followed by the session's id. The head's spelling is fixed to the byte.
/// </summary>
public static class TranscriptFormat
{
    /// <summary>The longest line that is written or read, in bytes.</summary>
    public const int MaximumLineBytes = 16 * 1024 * 1024;

    /// <summary>The longest event, in bytes of JSON; the rest of a line is left to its head.</summary>
    internal const int MaximumBodyBytes = MaximumLineBytes - 256;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const int TimeLength = 27;
    private const int HashLength = 64;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private static readonly TranscriptJson Json =
        new(new JsonSerializerOptions(TranscriptJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static ReadOnlySpan<byte> NumberLabel => "{\"n\":"u8;

    private static ReadOnlySpan<byte> TimeLabel => ",\"at\":\""u8;

    private static ReadOnlySpan<byte> PreviousLabel => "\",\"prev\":\""u8;

    private static ReadOnlySpan<byte> BodyLabel => "\",\"type\":\""u8;

    /// <summary>Reads one line, without its newline. Throws <see cref="InvalidDataException"/> for anything that this version does not write.</summary>
    public static TranscriptRecord Parse(ReadOnlySpan<byte> line)
    {
        if (!TryReadEnvelope(line, out TranscriptEnvelope envelope))
        {
            throw new InvalidDataException("The line does not begin with an event's number, time and previous hash.");
        }

        byte[] body = new byte[envelope.Body.Length + 1];
        body[0] = (byte)'{';
        envelope.Body.CopyTo(body.AsSpan(1));
        try
        {
            TranscriptEvent happened = JsonSerializer.Deserialize(body, Json.TranscriptEvent)
                ?? throw new InvalidDataException($"Event {envelope.Number} is empty.");
            return new TranscriptRecord(envelope.Number, envelope.At, Encoding.ASCII.GetString(envelope.Previous), happened);
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"Event {envelope.Number} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The SHA-256 of a line's bytes without its newline, as the next line carries it.</summary>
    public static string Hash(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));

    /// <summary>What stands as the previous hash in a session's first line.</summary>
    public static string FirstPrevious(string session) => Hash(Encoding.UTF8.GetBytes("safeconsole transcript 1\n" + session));

    /// <summary>An event's JSON object, which <see cref="WriteLine"/> puts behind the head. Throws <see cref="JsonException"/> or <see cref="ArgumentException"/> for values JSON cannot hold.</summary>
    internal static byte[] SerializeBody(TranscriptEvent happened) =>
        StatementBody.TryWrite(happened) ?? JsonSerializer.SerializeToUtf8Bytes(happened, Json.TranscriptEvent);

    /// <summary>Writes a line without its newline. <paramref name="previous"/> are 64 hexadecimal digits in ASCII.</summary>
    internal static void WriteLine(IBufferWriter<byte> output, long number, DateTimeOffset at, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body)
    {
        Span<byte> digits = stackalloc byte[32];
        output.Write(NumberLabel);
        Utf8Formatter.TryFormat(number, digits, out int written);
        output.Write(digits[..written]);
        output.Write(TimeLabel);
        WriteTime(output, at, digits);
        output.Write(PreviousLabel);
        output.Write(previous);
        output.Write("\","u8);
        output.Write(body[1..]);
    }

    // The round-trip form has one digit more than TimeFormat, and a custom format takes ten times as long.
    private static void WriteTime(IBufferWriter<byte> output, DateTimeOffset at, Span<byte> digits)
    {
        Utf8Formatter.TryFormat(at.UtcDateTime, digits, out _, 'O');
        digits[TimeLength - 1] = (byte)'Z';
        output.Write(digits[..TimeLength]);
    }

    /// <summary>The time as a line can hold it, and as the seal writes it.</summary>
    internal static string TimeText(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads an event's number alone; for finding a place in a large file.</summary>
    internal static bool TryReadNumber(ReadOnlySpan<byte> line, out long number, out int end)
    {
        number = 0;
        end = 0;
        if (!line.StartsWith(NumberLabel) || !Utf8Parser.TryParse(line[NumberLabel.Length..], out number, out int used))
        {
            return false;
        }

        end = NumberLabel.Length + used;
        byte first = line[NumberLabel.Length];
        return number > 0 && first is >= (byte)'1' and <= (byte)'9' && line[end..].StartsWith(","u8);
    }

    internal static bool TryReadEnvelope(ReadOnlySpan<byte> line, out TranscriptEnvelope envelope)
    {
        envelope = default;
        if (!TryReadNumber(line, out long number, out int end))
        {
            return false;
        }

        // Behind the number every part of the head has a fixed length.
        int time = end + TimeLabel.Length;
        int previous = time + TimeLength + PreviousLabel.Length;
        int body = previous + HashLength;
        if (line.Length < body
            || !line[end..].StartsWith(TimeLabel)
            || !line[(time + TimeLength)..].StartsWith(PreviousLabel)
            || line[previous..body].ContainsAnyExcept(HexDigits)
            || !line[body..].StartsWith(BodyLabel)
            || !TryReadTime(line.Slice(time, TimeLength), out DateTimeOffset at))
        {
            return false;
        }

        envelope = new TranscriptEnvelope(number, at, line[previous..body], line[(body + 2)..]);
        return true;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> text, out DateTimeOffset at)
    {
        Span<char> characters = stackalloc char[TimeLength];
        Encoding.Latin1.GetChars(text, characters);
        return DateTimeOffset.TryParseExact(
            characters, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
    }
}
