namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>StartupMessage: the version, then pairs of name and value, then a zero byte. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal static class StartupMessage
{
    /// <summary>The pairs in order of arrival. Throws for a repeated name: PostgreSQL takes the last, a checker might take the first.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        var pairs = new List<KeyValuePair<string, string>>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            string name = WireText.Decode(reader.ReadText());
            if (name.Length == 0)
            {
                reader.End();
                return pairs;
            }

            if (!seen.Add(name))
            {
                throw new ProtocolFaultException($"The start-up packet names {name} twice.");
            }

            pairs.Add(new KeyValuePair<string, string>(name, WireText.Decode(reader.ReadText())));
        }
    }

    public static void Write(MessageWriter to, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        to.Begin().WriteInt32(StartupPacket.Version3);
        foreach ((string name, string value) in pairs)
        {
            to.WriteText(name).WriteText(value);
        }

        to.WriteByte(0).End();
    }
}
