namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>Execute ('E'): runs a portal, for at most a number of rows (0: all). https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal readonly ref struct ExecuteMessage
{
    private ExecuteMessage(ReadOnlySpan<byte> portal, int maximumRows)
    {
        Portal = portal;
        MaximumRows = maximumRows;
    }

    public ReadOnlySpan<byte> Portal { get; }

    public int MaximumRows { get; }

    public static ExecuteMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        var message = new ExecuteMessage(reader.ReadText(), reader.ReadInt32());
        reader.End();
        return message;
    }

    public void Write(MessageWriter to) => to.Begin(FrontendType.Execute).WriteText(Portal).WriteInt32(MaximumRows).End();
}
