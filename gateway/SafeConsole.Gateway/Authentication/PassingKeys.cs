using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SafeConsole.Gateway.Authentication;

/// <summary>Keys that live as long as the process, for tokens that only it reads. No RSA: making four RSA keys took seconds of every start.</summary>
public static class PassingKeys
{
    /// <summary>A new random key of 256 bits to encrypt tokens with.</summary>
    public static SymmetricSecurityKey NewEncryptionKey() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>A new key on P-256 to sign tokens with.</summary>
    public static ECDsaSecurityKey NewSigningKey() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
