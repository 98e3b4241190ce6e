using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using SafeConsole.Policies;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>The pin proof against real servers that are, and are not, what the policy says.</summary>
[Collection(RealReplica.Collection)]
public sealed class ProofTests(RealReplica replica)
{
    [Fact]
    public async Task Standby_with_a_harmless_role_passes_every_check()
    {
        await using ProxyHost proxy = replica.Open();

        PinProof proof = await proxy.Session.ProveAsync(CancellationToken.None);

        Assert.True(proof.Passed, proof.Sentence);
        Assert.All(proof.Checks, check => Assert.True(check.Passed && !check.Waived, check.ToString()));
        Assert.Equal(["standby", "lag", "read-only", "limits", "text", "identity", "role", "write attempt"], proof.Checks.Select(check => check.Name));
        Assert.StartsWith("25006", proof.Checks[^1].Evidence, StringComparison.Ordinal);
        ReplicaProven recorded = Assert.Single(proxy.Recorded.Of<ReplicaProven>());
        Assert.Equal((0, true), (recorded.Connection, recorded.Passed));
    }

    [Fact]
    public async Task Primary_is_not_a_replica()
    {
        await using ProxyHost proxy = replica.Open(change: ToPrimary);

        PinProof proof = await proxy.Session.ProveAsync(CancellationToken.None);

        Assert.False(proof.Passed);
        Assert.Contains("standby", proof.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_to_a_primary_is_refused_before_the_client_is_greeted()
    {
        await using ProxyHost proxy = replica.Open(change: ToPrimary);
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);

        Assert.Equal("E:25006 EOF", client.Greeting);
        Assert.Contains("standby", await proxy.Session.Tripped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waived_standby_is_still_checked_and_shown()
    {
        await using ProxyHost proxy = replica.Open(change: database => ToPrimary(database) with { Proof = new ProofPolicy(false, true, TimeSpan.FromSeconds(60)) });

        PinProof proof = await proxy.Session.ProveAsync(CancellationToken.None);

        Assert.True(proof.Passed, proof.Sentence);
        Assert.Contains(proof.Checks, check => check is { Name: "standby", Passed: false, Waived: true });
        Assert.Contains(proof.Checks, check => check is { Name: "write attempt", Passed: true });
    }

    [Fact]
    public async Task Role_that_can_write_or_own_or_signal_fails_with_its_powers_named()
    {
        await replica.Cluster.ExecuteAsync("""
            CREATE ROLE writer LOGIN PASSWORD 'w';
            GRANT UPDATE (title) ON recipes TO writer;
            GRANT pg_signal_backend TO writer;
            CREATE TABLE mine (id int);
            ALTER TABLE mine OWNER TO writer;
            """);
        await using ProxyHost proxy = replica.Open(change: database => database with { Role = "writer", Credential = "env:WRITER" });

        PinProof proof = await proxy.Session.ProveAsync(CancellationToken.None);

        ReplicaCheck role = Assert.Single(proof.Checks, check => check.Name == "role");
        Assert.False(proof.Passed);
        Assert.Contains("is member of pg_signal_backend", role.Evidence, StringComparison.Ordinal);
        Assert.Contains("owns mine", role.Evidence, StringComparison.Ordinal);
        Assert.Contains("recipes", role.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Superuser_fails_by_unix_socket_without_a_password()
    {
        await using ProxyHost proxy = replica.Open(change: Superuser);

        PinProof proof = await proxy.Session.ProveAsync(CancellationToken.None);

        Assert.False(proof.Passed);
        Assert.Contains(proof.Checks, check => check is { Name: "identity", Passed: false });
        Assert.Contains("is superuser", proof.Checks.Single(check => check.Name == "role").Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_asks_for_no_password_is_not_believed_where_the_policy_names_one()
    {
        await using ProxyHost proxy = replica.Open(change: database => Superuser(database) with { Credential = "env:PASSWORD" });

        PinProof proof = await proxy.Session.ProveAsync(CancellationToken.None);

        Assert.Contains("without a password", proof.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong password", "password authentication failed")]
    [InlineData("wrong authority", "TLS")]
    [InlineData("wrong port", "cannot be reached")]
    public async Task Replica_that_cannot_be_used_fails_the_proof_with_a_sentence(string fault, string expected)
    {
        await using ProxyHost proxy = replica.Open(change: database => fault switch
        {
            "wrong password" => database with { Credential = "env:WRITER" },
            "wrong authority" => database with { CertificateAuthority = "env:OTHER_CA" },
            _ => database with { Port = 1 },
        });

        PinProof proof = await proxy.Session.ProveAsync(CancellationToken.None);

        Assert.False(proof.Passed);
        Assert.Contains(expected, proof.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_of_another_address_fails_under_verify_full()
    {
        using var elsewhere = new TcpListener(IPAddress.Parse("127.0.0.2"), 0);
        elsewhere.Start();
        Task forwarding = ForwardOneAsync(elsewhere);
        await using ProxyHost proxy = replica.Open(change: database => database with { Host = "127.0.0.2", Port = ((IPEndPoint)elsewhere.LocalEndpoint).Port });

        PinProof proof = await proxy.Session.ProveAsync(CancellationToken.None);

        Assert.False(proof.Passed);
        Assert.Contains("RemoteCertificateNameMismatch", proof.Sentence, StringComparison.Ordinal);
        await forwarding;
    }

    [Fact]
    public async Task Every_connection_is_proven_and_has_the_limits_of_the_policy()
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { StatementTimeout = TimeSpan.FromMilliseconds(1234) });
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);

        Assert.Equal("1234ms", await StatementTests.ScalarAsync(connection, "SHOW statement_timeout"));
        Assert.Equal("on", await StatementTests.ScalarAsync(connection, "SHOW transaction_read_only"));
        ReplicaProven proven = Assert.Single(proxy.Recorded.Of<ReplicaProven>());
        Assert.Equal((1, true), (proven.Connection, proven.Passed));
        Assert.Contains("1234 ms", proven.Checks.Single(check => check.Name == "limits").Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_of_a_reloaded_policy_is_proven_in_full_before_it_is_used()
    {
        await using ProxyHost proxy = replica.Open();
        Assert.True((await proxy.Session.ProveAsync(CancellationToken.None)).Passed);
        using WireClient first = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        DatabasePolicy changed = replica.Database with { Proof = new ProofPolicy(true, true, TimeSpan.FromSeconds(61)) };
        proxy.Reload(Policy.For(changed), "revision-2");

        using WireClient second = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        using WireClient third = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);

        Assert.Equal([true, false, true, false], proxy.Recorded.Of<ReplicaProven>().Select(proven => proven.Checks.Any(check => check.Name == "write attempt")));
    }

    [Fact]
    public async Task Log_in_at_the_replica_is_encrypted()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);
        await using var source = NpgsqlDataSource.Create(replica.Cluster.StandbySuperuser);
        await using NpgsqlCommand command = source.CreateCommand(
            "SELECT s.version FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.usename = 'safe_reader' AND s.ssl LIMIT 1");

        Assert.StartsWith("TLS", Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>The last transaction is old, and what came since is received and not replayed yet: for a moment its age looks like the lag.</summary>
    [Fact]
    public async Task Standby_that_catches_up_at_once_after_a_quiet_time_passes()
    {
        await using ProxyHost proxy = await OpenBehindAsync();
        try
        {
            Task<PinProof> proving = proxy.Session.ProveAsync(CancellationToken.None);
            await Task.Delay(300);
            Assert.False(proving.IsCompleted);
            await OnStandbyAsync("SELECT pg_wal_replay_resume()");

            PinProof proof = await proving;
            Assert.True(proof.Passed, proof.Sentence);
        }
        finally
        {
            await OnStandbyAsync("SELECT pg_wal_replay_resume()");
        }
    }

    [Fact]
    public async Task Standby_that_replays_nothing_fails_with_its_lag()
    {
        await using ProxyHost proxy = await OpenBehindAsync();
        try
        {
            PinProof proof = await proxy.Session.ProveAsync(CancellationToken.None);
            Assert.Matches("lag failed", proof.Sentence);
        }
        finally
        {
            await OnStandbyAsync("SELECT pg_wal_replay_resume()");
        }
    }

    // Replay is paused, something newer was received, and the last transaction is older than the policy allows.
    private async Task<ProxyHost> OpenBehindAsync()
    {
        await OnStandbyAsync("SELECT pg_wal_replay_pause()");
        await AskAsync(replica.Cluster.PrimarySuperuser, "SELECT pg_logical_emit_message(true, 'test', 'news')");
        await Eventually.HoldsAsync(
            async () => await OnStandbyAsync("SELECT pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn() AND now() - pg_last_xact_replay_timestamp() > '1 s' AND pg_get_wal_replay_pause_state() = 'paused'") is true,
            "the standby is behind");
        return replica.Open(change: database => database with { Proof = new ProofPolicy(true, true, TimeSpan.FromSeconds(1)) });
    }

    private Task<object?> OnStandbyAsync(string sql) => AskAsync(replica.Cluster.StandbySuperuser, sql);

    private static async Task<object?> AskAsync(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private async Task ForwardOneAsync(TcpListener from)
    {
        using TcpClient here = await from.AcceptTcpClientAsync();
        using var there = new TcpClient(PostgresCluster.Host, replica.Cluster.StandbyPort);
        await Task.WhenAny(here.GetStream().CopyToAsync(there.GetStream()), there.GetStream().CopyToAsync(here.GetStream()));
    }

    private DatabasePolicy ToPrimary(DatabasePolicy database) => database with { Port = replica.Cluster.PrimaryPort };

    private DatabasePolicy Superuser(DatabasePolicy database) => database with
    {
        Host = replica.Cluster.SocketFolder, Tls = TlsMode.Disable, Role = "postgres", Credential = null, CertificateAuthority = null,
    };
}
