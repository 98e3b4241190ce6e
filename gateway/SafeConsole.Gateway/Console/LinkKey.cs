using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SafeConsole.Gateway.Console;

/// <summary>The secret with which an agent opens database connections for its session; lives as long as the session. Prints as `***`.</summary>
public sealed class LinkKey
{
    private readonly byte[] hash;

    /// <summary>Makes a key of 256 random bits.</summary>
    public LinkKey()
    {
        Secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        hash = SHA256.HashData(Encoding.UTF8.GetBytes(Secret));
    }

    /// <summary>The secret, for the agent alone.</summary>
    public string Secret { get; }

    /// <summary>Compares in constant time.</summary>
    public bool Fits(string secret) => CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <inheritdoc/>
    public override string ToString() => "***";
}
