using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>What a client is told when it may begin: let in without a password (the link proved the session), the server's settings, the gateway's own cancel key.</summary>
internal static class ServerGreeting
{
    public static void Write(
        MessageWriter to, ClientStartup startup, StartupSettings settings, IEnumerable<KeyValuePair<string, string>> serverSettings, BackendKey key)
    {
        if (startup.Version != StartupPacket.Version3 || settings.UnknownOptions.Count > 0)
        {
            NegotiateProtocolVersionMessage.Write(to, settings.UnknownOptions);
        }

        AuthenticationMessage.WriteOk(to);
        foreach ((string name, string value) in serverSettings)
        {
            new ParameterStatusMessage(name, value).Write(to);
        }

        BackendKeyDataMessage.Write(to, key);
        foreach (string notice in settings.Notices)
        {
            new ErrorMessage("NOTICE", "00000", $"SafeConsole: {notice}").WriteNotice(to);
        }

        ReadyForQueryMessage.Write(to, ReadyForQueryMessage.Idle);
    }
}
