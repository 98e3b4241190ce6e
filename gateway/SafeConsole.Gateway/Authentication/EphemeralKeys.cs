using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SafeConsole.Gateway.Authentication;

/// <summary>Keys that live as long as the process. Elliptic and symmetric ones, since making RSA keys takes most of a start.</summary>
public static class EphemeralKeys
{
    /// <summary>A signing key on P-256.</summary>
    public static SecurityKey Signing() => new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = Id() };

    /// <summary>A symmetric encryption key of 256 bits.</summary>
    public static SecurityKey Encryption() => new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)) { KeyId = Id() };

    private static string Id() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
