using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>
/// The client's half of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS, server signature checked: RFC 5802, RFC 7677,
/// https://www.postgresql.org/docs/15/sasl-authentication.html
/// </summary>
internal sealed class ScramClient
{
    /// <summary>The mechanism without channel binding.</summary>
    public const string Plain = "SCRAM-SHA-256";

    /// <summary>The mechanism bound to the server's certificate.</summary>
    public const string Bound = "SCRAM-SHA-256-PLUS";

    // The server sets the iteration count; beyond this it only costs the gateway time.
    private const int MaximumIterations = 1_000_000;

    private readonly string password;
    private readonly string header;
    private readonly byte[] binding;
    private readonly string nonce;
    private byte[]? expectedSignature;

    private ScramClient(string mechanism, string header, byte[] binding, string password, string nonce)
    {
        Mechanism = mechanism;
        this.header = header;
        this.binding = binding;
        this.password = password;
        this.nonce = nonce;
    }

    public string Mechanism { get; }

    /// <summary>The first message. The name is empty: PostgreSQL takes it from the start-up packet.</summary>
    public string First => $"{header}n=,r={nonce}";

    /// <summary>Chooses the strongest mechanism both sides have; throws where the server offers none of ours.</summary>
    public static ScramClient Choose(IReadOnlyCollection<string> offered, byte[]? endPointBinding, string password, string? nonce = null)
    {
        nonce ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        if (offered.Contains(Bound) && endPointBinding is not null)
        {
            return new ScramClient(Bound, "p=tls-server-end-point,,", endPointBinding, password, nonce);
        }

        if (!offered.Contains(Plain))
        {
            throw new ReplicaFailedException("The replica offers no SCRAM-SHA-256 log-in.");
        }

        // `y`: we could bind but the server did not offer to. A server that did offer sees that somebody took its offer away.
        string header = endPointBinding is not null ? "y,," : "n,,";
        return new ScramClient(Plain, header, [], password, nonce);
    }

    /// <summary>Answers the server's first message with the proof.</summary>
    public string Continue(string serverFirst)
    {
        Dictionary<char, string> fields = Fields(serverFirst);
        if (!fields.TryGetValue('r', out string? joint) || !joint.StartsWith(nonce, StringComparison.Ordinal) || joint.Length == nonce.Length
            || !fields.TryGetValue('s', out string? salt) || !fields.TryGetValue('i', out string? count)
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int iterations)
            || iterations is < 1 or > MaximumIterations)
        {
            throw new ReplicaFailedException("The replica's SCRAM challenge is malformed.");
        }

        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(password, Decode(salt), iterations, HashAlgorithmName.SHA256, 32);
        byte[] clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        string bound = Convert.ToBase64String([.. Encoding.ASCII.GetBytes(header), .. binding]);
        string withoutProof = $"c={bound},r={joint}";
        byte[] exchange = Encoding.UTF8.GetBytes($"n=,r={nonce},{serverFirst},{withoutProof}");
        byte[] proof = HMACSHA256.HashData(SHA256.HashData(clientKey), exchange);
        for (int i = 0; i < proof.Length; i++)
        {
            proof[i] ^= clientKey[i];
        }

        expectedSignature = HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), exchange);
        return $"{withoutProof},p={Convert.ToBase64String(proof)}";
    }

    /// <summary>Checks that the server knows the password as well.</summary>
    public void Finish(string serverFinal)
    {
        if (expectedSignature is null || !Fields(serverFinal).TryGetValue('v', out string? signature)
            || !CryptographicOperations.FixedTimeEquals(Decode(signature), expectedSignature))
        {
            throw new ReplicaFailedException("The replica could not prove that it knows the role's password.");
        }
    }

    private static byte[] Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int length)
            ? bytes[..length]
            : throw new ReplicaFailedException("The replica's SCRAM message is malformed.");
    }

    private static Dictionary<char, string> Fields(string message)
    {
        var fields = new Dictionary<char, string>();
        foreach (string field in message.Split(','))
        {
            if (field.Length >= 2 && field[1] == '=')
            {
                fields.TryAdd(field[0], field[2..]);
            }
        }

        return fields;
    }
}
