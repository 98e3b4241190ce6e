namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>ParameterStatus ('S'): a setting that the server reports, at start and when it changes. https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-ASYNC</summary>
internal readonly record struct ParameterStatusMessage(string Name, string Value)
{
    public static ParameterStatusMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        var message = new ParameterStatusMessage(WireText.Decode(reader.ReadText()), WireText.Decode(reader.ReadText()));
        reader.End();
        return message;
    }

    public void Write(MessageWriter to) => to.Begin(BackendType.ParameterStatus).WriteText(Name).WriteText(Value).End();
}
