using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeConsole.Transcripts;

/// <summary>
/// The signature over a closed transcript, stored beside it as <c>&lt;session&gt;.seal.json</c>. The signed bytes are this UTF-8 text of
/// five lines, each ended by one newline:
/// <code>
/// safeconsole seal 1
/// &lt;session&gt;
/// &lt;events, decimal&gt;
/// &lt;head: SHA-256 of the last line without its newline, lower-case hexadecimal&gt;
/// &lt;sealedAt, exactly as in the seal&gt;
/// </code>
/// The signature is ECDSA on P-256 with SHA-256, as ASN.1 DER in base64. To check one by hand, with the public key that the gateway
/// keeps beside its signing key (jq, openssl and coreutils):
/// <code>
/// jq -r '"safeconsole seal 1",.session,.events,.head,.sealedAt' S.seal.json &gt; signed
/// jq -r .signature S.seal.json | base64 -d &gt; signature
/// openssl dgst -sha256 -verify KEY.pub -signature signature signed
/// tail -n 1 S.ndjson | tr -d '\n' | sha256sum    # is the head
/// </code>
/// <see cref="Key"/> names the key: the SHA-256 of its SubjectPublicKeyInfo (DER) in lower-case hexadecimal.
/// </summary>
public sealed record TranscriptSeal(string Session, long Events, string Head, string SealedAt, string Key, string Signature)
{
    /// <summary>A seal is a few hundred bytes; a longer file is not one.</summary>
    internal const int MaximumBytes = 4096;

    /// <summary>The exact bytes under the signature.</summary>
    [JsonIgnore]
    public byte[] SignedBytes => SignedText(Session, Events, Head, SealedAt);

    internal static TranscriptSeal Sign(string session, long events, string head, DateTimeOffset at, TranscriptSigningKey key)
    {
        string sealedAt = TranscriptFormat.TimeText(at);
        byte[] signature = key.Sign(SignedText(session, events, head, sealedAt));
        return new TranscriptSeal(session, events, head, sealedAt, key.Fingerprint, Convert.ToBase64String(signature));
    }

    /// <summary>Reads a stored seal; null if it is none.</summary>
    internal static TranscriptSeal? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TranscriptJson.Default.TranscriptSeal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, TranscriptJson.Default.TranscriptSeal);

    private static byte[] SignedText(string session, long events, string head, string sealedAt) =>
        Encoding.UTF8.GetBytes(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"safeconsole seal 1\n{session}\n{events}\n{head}\n{sealedAt}\n"));
}
