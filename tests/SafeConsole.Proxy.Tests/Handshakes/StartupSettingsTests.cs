using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Handshakes;
using SafeConsole.Proxy.Tests.Support;

namespace SafeConsole.Proxy.Tests.Handshakes;

/// <summary>Which of a client's start-up parameters reach the replica.</summary>
public sealed class StartupSettingsTests
{
    private static readonly StatementJudge Judge = new();

    [Theory]
    [InlineData("DateStyle=ISO, MDY")] // pgjdbc
    [InlineData("extra_float_digits=2")]
    [InlineData("jit=off")] // asyncpg
    [InlineData("statement_timeout=1500")] // node-postgres
    [InlineData("lock_timeout=500ms")]
    [InlineData("idle_in_transaction_session_timeout=20s")]
    [InlineData("search_path=public")] // Npgsql, pgjdbc
    [InlineData("search_path=pg_catalog, public, \"$user\"")]
    [InlineData("application_name=O'Brien\\'; SELECT 1 --")]
    public void What_set_config_would_take_is_taken(string parameter)
    {
        StartupSettings settings = Of(parameter);

        Assert.Equal([parameter], Accepted(settings));
        Assert.Empty(settings.Notices);
    }

    [Theory]
    [InlineData("statement_timeout=0", "statement_timeout is 5000 ms here and can only be lowered.")]
    [InlineData("statement_timeout=1h", "statement_timeout is 5000 ms here and can only be lowered.")]
    [InlineData("default_transaction_read_only=off", "default_transaction_read_only stays on here.")]
    [InlineData("search_path=evil", "Another search_path could hide PostgreSQL's own functions and operators.")]
    [InlineData("role=postgres", "The setting role may not be changed here.")]
    [InlineData("trap.x', 'y', false), pg_notify('a=b", "The setting trap.x', 'y', false), pg_notify('a may not be changed here.")]
    public void What_it_would_not_take_is_left_out_and_the_client_told_why(string parameter, string why)
    {
        StartupSettings settings = Of(parameter);

        Assert.Empty(settings.Accepted);
        Assert.Equal($"the start-up parameter {parameter[..parameter.IndexOf('=', StringComparison.Ordinal)]} was left out. {why}", Assert.Single(settings.Notices));
    }

    [Theory]
    [InlineData("default_transaction_read_only=on")]
    [InlineData("standard_conforming_strings=on")]
    [InlineData("client_encoding=UTF8")]
    [InlineData("options=-c default_transaction_read_only=on --client-encoding=utf8")]
    public void Pinned_value_is_agreed_with_and_not_sent_again(string parameter)
    {
        StartupSettings settings = Of(parameter);

        Assert.Empty(settings.Accepted);
        Assert.Empty(settings.Notices);
    }

    [Theory]
    [InlineData("-c statement_timeout=1500 -c search_path=public", "statement_timeout=1500", "search_path=public")]
    [InlineData("-cjit=off   --lock-timeout=200ms", "jit=off", "lock_timeout=200ms")]
    [InlineData(@"-c DateStyle=ISO,\ MDY -c application_name=a\\b", "DateStyle=ISO, MDY", @"application_name=a\b")]
    [InlineData("-c statement_timeout=1500 --statement-timeout=100", "statement_timeout=100")]
    public void Options_are_read_as_the_server_reads_them(string options, params string[] accepted)
    {
        StartupSettings settings = Of("options=" + options);

        Assert.Equal(accepted, Accepted(settings));
        Assert.Empty(settings.Notices);
    }

    [Theory]
    [InlineData("-c statement_timeout=1s --statement-timeout=0", "statement_timeout=1s")]
    [InlineData("-c default_transaction_read_only=on -c default_transaction_read_only=off")]
    [InlineData("-c")]
    [InlineData("-c jit")]
    [InlineData("-d 5")]
    [InlineData("-B128MB -c jit=off", "jit=off")]
    [InlineData("--user=postgres")]
    public void Options_beyond_that_are_left_out(string options, params string[] accepted)
    {
        StartupSettings settings = Of("options=" + options);

        Assert.Equal(accepted, Accepted(settings));
        Assert.NotEmpty(settings.Notices);
    }

    private static StartupSettings Of(string parameter)
    {
        int end = parameter.IndexOf('=', StringComparison.Ordinal);
        DatabasePolicy database = new("postgres", "127.0.0.1", 5432, "recipes", "safe_reader", null, TlsMode.Disable, null, new ProofPolicy(true, true, TimeSpan.FromSeconds(60)));
        return StartupSettings.Of([new(parameter[..end], parameter[(end + 1)..])], Policy.For(database), Judge.Judge);
    }

    private static IEnumerable<string> Accepted(StartupSettings settings) => settings.Accepted.Select(setting => $"{setting.Key}={setting.Value}");
}
