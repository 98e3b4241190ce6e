using System.Security.Cryptography;
using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts;

/// <summary>The gateway's key for seals: ECDSA on P-256. It signs; whoever has the public key can check without the gateway.</summary>
public sealed class TranscriptSigningKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _gate = new();

    private TranscriptSigningKey(ECDsa key)
    {
        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfoPem();
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>The public key as PEM (SubjectPublicKeyInfo).</summary>
    public string PublicKey { get; }

    /// <summary>SHA-256 of the public key's SubjectPublicKeyInfo, in lower-case hexadecimal: the key's name in seals.</summary>
    public string Fingerprint { get; }

    /// <summary>
    /// Reads the key from <paramref name="path"/> (PEM), or makes it there with mode 0600. The public key is written to the same path
    /// with <c>.pub</c> added. Throws <see cref="InvalidDataException"/> if the file holds no P-256 key or others may read it.
    /// </summary>
    public static TranscriptSigningKey OpenOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(
                Path.GetDirectoryName(Path.GetFullPath(path))!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using ECDsa fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            SmallFile.Write(path, System.Text.Encoding.ASCII.GetBytes(fresh.ExportPkcs8PrivateKeyPem() + "\n"), SmallFile.OwnerOnly);
        }

        TranscriptSigningKey key = Read(path);
        string publicPath = path + ".pub";
        if (!File.Exists(publicPath) || File.ReadAllText(publicPath).Trim() != key.PublicKey)
        {
            SmallFile.Write(publicPath, System.Text.Encoding.ASCII.GetBytes(key.PublicKey + "\n"), SmallFile.OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        return key;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal byte[] Sign(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            return _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    /// <summary>Whether the seal bears this key's signature. A seal by any other key does not.</summary>
    internal bool Signed(TranscriptSeal seal)
    {
        byte[] signature = new byte[256];
        if (seal.Key != Fingerprint || !Convert.TryFromBase64String(seal.Signature, signature, out int length))
        {
            return false;
        }

        // Blanks, and other digits in the bits that are left over, would give the same bytes: a seal has one form.
        if (Convert.ToBase64String(signature, 0, length) != seal.Signature)
        {
            return false;
        }

        lock (_gate)
        {
            return _key.VerifyData(seal.SignedBytes, signature.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    private static TranscriptSigningKey Read(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if ((File.GetUnixFileMode(path) & others) != 0)
        {
            throw new InvalidDataException($"The signing key {path} can be read by others; its mode must be 0600.");
        }

        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (key.ExportParameters(false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                throw new InvalidDataException($"The signing key {path} is not on the curve P-256.");
            }

            key.SignHash(new byte[32]);
            return new TranscriptSigningKey(key);
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"The signing key {path} is not a PEM private key.", unusable);
        }
        catch (InvalidDataException)
        {
            key.Dispose();
            throw;
        }
    }
}
