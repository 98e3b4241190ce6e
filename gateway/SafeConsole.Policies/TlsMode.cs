namespace SafeConsole.Policies;

/// <summary>How the gateway protects its connection to the replica; the names are libpq's `sslmode`. There is no mode that falls back to plain text.</summary>
public enum TlsMode
{
    /// <summary>No TLS. Only for Unix sockets and loopback; the validator refuses it elsewhere.</summary>
    Disable,

    /// <summary>TLS, certificate not verified.</summary>
    Require,

    /// <summary>TLS, chain verified against the certificate authority, and the host name with it.</summary>
    VerifyFull,
}
