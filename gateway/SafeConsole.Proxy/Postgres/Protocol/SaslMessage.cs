using System.Text;

namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>SASLInitialResponse and SASLResponse, both of type 'p'; the gateway sends them and never takes one. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal static class SaslMessage
{
    public static void WriteInitial(MessageWriter to, string mechanism, string response) =>
        to.Begin(FrontendType.Password).WriteText(mechanism)
            .WriteInt32(Encoding.UTF8.GetByteCount(response)).WriteBytes(Encoding.UTF8.GetBytes(response)).End();

    public static void WriteResponse(MessageWriter to, string response) =>
        to.Begin(FrontendType.Password).WriteBytes(Encoding.UTF8.GetBytes(response)).End();
}
