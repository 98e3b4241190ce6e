namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>DataRow ('D') in text format. Only the answers to the gateway's own questions are read; a client's rows pass unread. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal static class DataRowMessage
{
    public static string?[] Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        var values = new string?[reader.ReadCount16(4)];
        for (int i = 0; i < values.Length; i++)
        {
            int length = reader.ReadInt32();
            values[i] = length == -1 ? null : WireText.DecodeLoosely(reader.ReadBytes(length));
        }

        reader.End();
        return values;
    }
}
