namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>Authentication ('R'): what the server wants to see before it lets somebody in. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal readonly ref struct AuthenticationMessage
{
    public const int Ok = 0;
    public const int CleartextPassword = 3;
    public const int Md5Password = 5;
    public const int Sasl = 10;
    public const int SaslContinue = 11;
    public const int SaslFinal = 12;

    private AuthenticationMessage(int request, ReadOnlySpan<byte> data)
    {
        Request = request;
        Data = data;
    }

    public int Request { get; }

    public ReadOnlySpan<byte> Data { get; }

    public static AuthenticationMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        return new AuthenticationMessage(reader.ReadInt32(), reader.Rest);
    }

    /// <summary>The mechanism names of an AuthenticationSASL request.</summary>
    public IReadOnlyList<string> ReadMechanisms()
    {
        var reader = new MessageReader(Data);
        var names = new List<string>();
        while (true)
        {
            string name = WireText.Decode(reader.ReadText());
            if (name.Length == 0)
            {
                reader.End();
                return names;
            }

            names.Add(name);
        }
    }

    public static void WriteOk(MessageWriter to) => to.Begin(BackendType.Authentication).WriteInt32(Ok).End();
}
