using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using SafeConsole.Policies;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;
using SafeConsole.Transcripts;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>One real primary and hot standby for all tests of the collection.</summary>
public sealed class RealReplica : IAsyncLifetime, IDisposable
{
    public const string Collection = "real replica";

    private readonly TemporaryFolder folder = new();

    internal PostgresCluster Cluster { get; private set; } = null!;

    internal KnownCredentials Credentials => new(new Dictionary<string, string>
    {
        ["env:PASSWORD"] = Cluster.ReaderPassword,
        ["env:CA"] = Cluster.CertificateAuthority,
        ["env:WRITER"] = "w",
        ["env:OTHER_CA"] = OtherAuthority(),
    });

    internal DatabasePolicy Database => new(
        "postgres", PostgresCluster.Host, Cluster.StandbyPort, Cluster.Database, PostgresCluster.Reader, "env:PASSWORD", TlsMode.VerifyFull, "env:CA",
        new ProofPolicy(true, true, TimeSpan.FromSeconds(60)));

    internal ProxyHost Open(LimitPolicy? limits = null, Func<DatabasePolicy, DatabasePolicy>? change = null, Transcript? transcript = null, ProxyOptions? options = null) =>
        new(Policy.For(change is null ? Database : change(Database), limits), Credentials, transcript, options);

    /// <summary>Npgsql as the REPL's driver.</summary>
    internal async Task<NpgsqlConnection> ConnectAsync(ProxyHost proxy, string more = "")
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={proxy.Port};Username={PostgresCluster.Reader};Database={Cluster.Database};SSL Mode=Disable;Pooling=false;{more}");
        await connection.OpenAsync();
        return connection;
    }

    private static string OtherAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody else", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem();
    }

    public async Task InitializeAsync()
    {
        string file = folder.At("schema.sql");
        await File.WriteAllTextAsync(file, """
            CREATE TABLE recipes (id int PRIMARY KEY, title text NOT NULL, minutes int);
            INSERT INTO recipes SELECT i, 'recipe ' || i, i % 60 FROM generate_series(1, 5000) i;
            CREATE TYPE course AS ENUM ('starter', 'main', 'dessert');
            CREATE TABLE dishes (id int PRIMARY KEY, kind course);
            INSERT INTO dishes VALUES (1, 'main');
            GRANT SELECT ON ALL TABLES IN SCHEMA public TO safe_reader;
            """);
        Cluster = await PostgresCluster.StartAsync(file);
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    public void Dispose() => folder.Dispose();
}
