using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Control;

/// <summary>What makes two policies' databases the same one, seen by the same role.</summary>
internal readonly record struct ControlKey(string Host, int Port, string Name, string Role, string? Credential, TlsMode Tls, string? CertificateAuthority)
{
    public static ControlKey Of(DatabasePolicy database) =>
        new(database.Host, database.Port, database.Name, database.Role, database.Credential, database.Tls, database.CertificateAuthority);
}
