using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>The designated replica. Credential and certificate authority are references (`env:NAME`, `file:/path`, `ssm:/path`), resolved by the gateway alone.</summary>
public sealed record DatabasePolicy(
    string Engine,
    string Host,
    int Port,
    string Name,
    string Role,
    string? Credential,
    TlsMode Tls,
    string? CertificateAuthority,
    ProofPolicy Proof)
{
    /// <summary>Functions of the application that pass whatever their bodies do: `schema.name` or `schema.name(type, type)`.</summary>
    public ImmutableArray<string> AllowedFunctions { get; init; } = [];
}
