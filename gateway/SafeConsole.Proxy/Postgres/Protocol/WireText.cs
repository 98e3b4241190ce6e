using System.Text;

namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>Text as it must be on the wire: strict UTF-8, the encoding that every connection is pinned to.</summary>
internal static class WireText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes; false for bytes that are not UTF-8, which PostgreSQL would refuse with 22021.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>Decodes what must be UTF-8, such as a name. Throws <see cref="ProtocolFaultException"/>.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        TryDecode(bytes, out string text) ? text : throw new ProtocolFaultException("A text in a message is not valid UTF-8.");

    /// <summary>Decodes what is only shown or recorded; what is not UTF-8 becomes a replacement character.</summary>
    public static string DecodeLoosely(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
