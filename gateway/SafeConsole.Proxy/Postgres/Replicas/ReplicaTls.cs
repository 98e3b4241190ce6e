using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>What the gateway demands of a replica's certificate, and the certificate's hash for SCRAM channel binding.</summary>
internal static class ReplicaTls
{
    /// <summary>
    /// verify-full checks the chain against the policy's authority (the system's where there is none) and the host name or IP address
    /// with it; require checks nothing, as in libpq.
    /// </summary>
    public static SslClientAuthenticationOptions Options(DatabasePolicy database, string? authority)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = database.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        if (database.Tls == TlsMode.Require)
        {
#pragma warning disable CA5359 // The policy chose `require`: encrypted, not verified.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (authority is not null)
        {
            options.CertificateChainPolicy = TrustOnly(authority);
        }

        return options;
    }

    /// <summary>The `tls-server-end-point` binding of RFC 5929: the certificate's hash, SHA-256 where its signature uses MD5 or SHA-1; null where the signature names no hash.</summary>
    public static byte[]? EndPointBinding(Stream stream)
    {
        if (stream is not SslStream { RemoteCertificate: { } remote })
        {
            return null;
        }

        byte[] raw = remote.GetRawCertData();
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(raw);
        return certificate.SignatureAlgorithm.Value switch
        {
            "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => SHA384.HashData(raw),
            "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => SHA512.HashData(raw),
            "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1" => SHA256.HashData(raw),
            "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => SHA256.HashData(raw),
            _ => null,
        };
    }

    /// <summary>The certificates of a policy's authority. Throws <see cref="ReplicaFailedException"/> where the text holds none.</summary>
    public static X509Certificate2Collection ReadAuthority(string authority)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(authority);
        }
        catch (CryptographicException failure)
        {
            throw new ReplicaFailedException("The policy's certificate authority is not a PEM certificate.", cause: failure);
        }

        return certificates.Count > 0
            ? certificates
            : throw new ReplicaFailedException("The policy's certificate authority holds no PEM certificate.");
    }

    private static X509ChainPolicy TrustOnly(string authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(ReadAuthority(authority));
        return policy;
    }
}
