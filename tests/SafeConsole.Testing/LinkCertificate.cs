using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SafeConsole.Testing;

/// <summary>An authority of its own and a certificate of it, as the operator of a gateway makes them for links.</summary>
public sealed class LinkCertificate
{
    private LinkCertificate(string authority, string certificate, string key) => (Authority, Certificate, Key) = (authority, certificate, key);

    /// <summary>The authority's certificate as PEM text.</summary>
    public string Authority { get; }

    /// <summary>The certificate as PEM text.</summary>
    public string Certificate { get; }

    /// <summary>Its key as PEM text.</summary>
    public string Key { get; }

    /// <summary>For a name, and for an address where the name is one.</summary>
    public static LinkCertificate For(string host)
    {
        var now = DateTimeOffset.UtcNow;
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Links of SafeConsole", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        var leaf = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        leaf.CertificateExtensions.Add(names.Build());
        using var certificate = leaf.Create(authority, now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return new LinkCertificate(authority.ExportCertificatePem(), certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Certificate and key together.</summary>
    public X509Certificate2 Load() => X509Certificate2.CreateFromPem(Certificate, Key);
}
