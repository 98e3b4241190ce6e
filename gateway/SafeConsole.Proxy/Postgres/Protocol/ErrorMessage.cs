using System.Globalization;

namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>
/// ErrorResponse ('E') and NoticeResponse ('N'): fields, each a letter and a text. Position counts characters from 1.
/// https://www.postgresql.org/docs/15/protocol-error-fields.html
/// </summary>
internal sealed record ErrorMessage(string Severity, string SqlState, string Message)
{
    /// <summary>Longest message that is kept of what a server said, in bytes; an error can quote a value of any size.</summary>
    public const int LongestMessage = 4096;

    public string? Detail { get; init; }

    public string? Hint { get; init; }

    public int? Position { get; init; }

    /// <summary>Reads the fields that the gateway has a use for; others are skipped, as the protocol demands. A longer message is cut.</summary>
    public static ErrorMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        (string severity, string state, string message) = ("", "", "");
        while (reader.ReadByte() is var field and not 0)
        {
            ReadOnlySpan<byte> value = reader.ReadText();
            switch (field)
            {
                case (byte)'S' when severity.Length == 0:
                case (byte)'V':
                    severity = WireText.DecodeLoosely(value);
                    break;
                case (byte)'C':
                    state = WireText.DecodeLoosely(value);
                    break;
                case (byte)'M':
                    message = Cut(value);
                    break;
            }
        }

        reader.End();
        return new ErrorMessage(severity, state, message);
    }

    private static string Cut(ReadOnlySpan<byte> message) => message.Length <= LongestMessage
        ? WireText.DecodeLoosely(message)
        : WireText.DecodeLoosely(message[..LongestMessage]).TrimEnd('\uFFFD') + "…";

    public void WriteError(MessageWriter to) => Write(to, BackendType.Error);

    public void WriteNotice(MessageWriter to) => Write(to, BackendType.Notice);

    private void Write(MessageWriter to, byte type)
    {
        to.Begin(type);
        WriteField(to, 'S', Severity);
        WriteField(to, 'V', Severity);
        WriteField(to, 'C', SqlState);
        WriteField(to, 'M', Message);
        WriteField(to, 'D', Detail);
        WriteField(to, 'H', Hint);
        WriteField(to, 'P', Position?.ToString(CultureInfo.InvariantCulture));
        to.WriteByte(0).End();
    }

    private static void WriteField(MessageWriter to, char field, string? value)
    {
        if (value is not null)
        {
            // What an error quotes can be a hostile server's, and a zero byte would end the field.
            to.WriteByte((byte)field).WriteText(value.Replace('\0', '\uFFFD'));
        }
    }
}
