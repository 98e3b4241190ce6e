namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>
/// Bind ('B'): makes a portal of a prepared statement and its parameters; the portal's name comes first.
/// https://www.postgresql.org/docs/15/protocol-message-formats.html
/// </summary>
internal readonly ref struct BindMessage
{
    private BindMessage(
        ReadOnlySpan<byte> portal, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> formats,
        int parameterCount, ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> resultFormats)
    {
        Portal = portal;
        Statement = statement;
        Formats = formats;
        ParameterCount = parameterCount;
        Parameters = parameters;
        ResultFormats = resultFormats;
    }

    public ReadOnlySpan<byte> Portal { get; }

    public ReadOnlySpan<byte> Statement { get; }

    /// <summary>Parameter formats, 2 bytes each: none means all text, one holds for all.</summary>
    public ReadOnlySpan<byte> Formats { get; }

    public int ParameterCount { get; }

    /// <summary>The parameters as on the wire: a 32-bit length (-1 for NULL), then the value.</summary>
    public ReadOnlySpan<byte> Parameters { get; }

    public ReadOnlySpan<byte> ResultFormats { get; }

    public static BindMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        ReadOnlySpan<byte> portal = reader.ReadText();
        ReadOnlySpan<byte> statement = reader.ReadText();
        ReadOnlySpan<byte> formats = CheckFormats(reader.ReadBytes(reader.ReadCount16(2) * 2));
        int count = reader.ReadCount16(4);
        if (formats.Length > 2 && formats.Length != count * 2)
        {
            throw new ProtocolFaultException("A Bind message has another number of formats than of parameters.");
        }

        ReadOnlySpan<byte> start = reader.Rest;
        for (int i = 0; i < count; i++)
        {
            int length = reader.ReadInt32();
            if (length != -1)
            {
                reader.ReadBytes(length);
            }
        }

        ReadOnlySpan<byte> parameters = start[..(start.Length - reader.Rest.Length)];
        ReadOnlySpan<byte> resultFormats = CheckFormats(reader.ReadBytes(reader.ReadCount16(2) * 2));
        reader.End();
        return new BindMessage(portal, statement, formats, count, parameters, resultFormats);
    }

    /// <summary>The parameters for the record: text, `\x` and hex digits for binary ones and for text that is not UTF-8, null for NULL.</summary>
    public string?[] Describe()
    {
        if (ParameterCount == 0)
        {
            return [];
        }

        var described = new string?[ParameterCount];
        var reader = new MessageReader(Parameters);
        for (int i = 0; i < described.Length; i++)
        {
            int length = reader.ReadInt32();
            described[i] = length == -1 ? null : Describe(reader.ReadBytes(length), IsBinary(i));
        }

        return described;
    }

    /// <summary>Writes the message again from its decoded parts.</summary>
    public void Write(MessageWriter to) =>
        to.Begin(FrontendType.Bind).WriteText(Portal).WriteText(Statement)
            .WriteInt16((short)(Formats.Length / 2)).WriteBytes(Formats)
            .WriteInt16((short)ParameterCount).WriteBytes(Parameters)
            .WriteInt16((short)(ResultFormats.Length / 2)).WriteBytes(ResultFormats)
            .End();

    private static ReadOnlySpan<byte> CheckFormats(ReadOnlySpan<byte> formats)
    {
        for (int i = 0; i < formats.Length; i += 2)
        {
            if (formats[i] != 0 || formats[i + 1] > 1)
            {
                throw new ProtocolFaultException("A Bind message has a format that is neither text nor binary.");
            }
        }

        return formats;
    }

    private static string Describe(ReadOnlySpan<byte> value, bool binary) =>
        !binary && WireText.TryDecode(value, out string text) ? text : @"\x" + Convert.ToHexStringLower(value);

    private bool IsBinary(int index) => Formats.Length switch
    {
        0 => false,
        2 => Formats[1] == 1,
        _ => Formats[(index * 2) + 1] == 1,
    };
}
