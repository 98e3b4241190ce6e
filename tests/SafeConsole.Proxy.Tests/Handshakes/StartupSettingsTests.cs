using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Handshakes;
using SafeConsole.Proxy.Tests.Support;

namespace SafeConsole.Proxy.Tests.Handshakes;

/// <summary>Which start-up settings are taken over, and what is said of the others. The policy's statement timeout is 5 s.</summary>
public sealed class StartupSettingsTests
{
    private static readonly DatabasePolicy Database = new(
        "postgres", "127.0.0.1", 5432, "recipes", "safe_reader", null, TlsMode.Disable, null, new ProofPolicy(true, true, TimeSpan.FromSeconds(60)));

    private static readonly StatementJudge Judge = new();

    [Theory]
    [InlineData("application_name", "psql", "application_name=psql")]
    [InlineData("DateStyle", "ISO, MDY", "datestyle=ISO, MDY")]
    [InlineData("TimeZone", "Europe/Oslo", "timezone=Europe/Oslo")]
    [InlineData("client_encoding", "'utf-8'", "")]
    [InlineData("client_encoding", "UTF8", "")]
    [InlineData("search_path", "\"$user\", public", "search_path=\"$user\", public")]
    [InlineData("statement_timeout", "1s", "statement_timeout=1s")]
    [InlineData("options", "-c statement_timeout=1s -c geqo=off", "geqo=off statement_timeout=1s")]
    [InlineData("options", @"--application-name=it\ is\ 'me'", "application_name=it is 'me'")]
    [InlineData("options", "-c default_transaction_read_only=on", "")]
    public void What_a_SET_could_change_is_taken_over_without_a_word(string name, string value, string expected)
    {
        StartupSettings settings = Of((name, value));
        Assert.Equal((expected, ""), (Accepted(settings), string.Join('|', settings.Notices)));
    }

    [Theory]
    [InlineData("statement_timeout", "0", "statement_timeout=5000ms", "statement_timeout is 5000 ms here")]
    [InlineData("options", "-cstatement_timeout=1s --statement-timeout=0", "statement_timeout=5000ms", "statement_timeout is 5000 ms here")] // P04
    [InlineData("options", "-c work_mem=100GB", "work_mem=65536", "work_mem is at most")]
    public void More_than_the_limit_becomes_the_limit_and_is_said(string name, string value, string accepted, string notice)
    {
        StartupSettings settings = Of((name, value));
        Assert.Equal(accepted, Accepted(settings));
        Assert.Contains(notice, Assert.Single(settings.Notices), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default_transaction_read_only", "off", "default_transaction_read_only")]
    [InlineData("options", "-c default_transaction_read_only=off", "default_transaction_read_only")] // P01
    [InlineData("options", "-c DEFAULT_TRANSACTION_READ_ONLY=off", "default_transaction_read_only")]
    [InlineData("options", "-c client_encoding=SJIS", "client_encoding")]
    [InlineData("options", "-c standard_conforming_strings=off", "standard_conforming_strings")]
    [InlineData("options", "-c search_path=evil,pg_catalog", "search_path")]
    [InlineData("options", "-c session_preload_libraries=x", "session_preload_libraries")]
    [InlineData("options", "-c role=postgres", "role")]
    [InlineData("options", "-c a.b=c", "a.b")]
    [InlineData("options", "--x;SELECT=1", "x;SELECT")]
    [InlineData("options", "-e", "-e")]
    [InlineData("options", "-O -P", "-O|-P")]
    [InlineData("session", "local", "session")]
    [InlineData("local", "x", "local")]
    [InlineData("OPTIONS", "-c statement_timeout=0", "options")]
    public void Everything_else_is_left_out_and_named(string name, string value, string named)
    {
        StartupSettings settings = Of((name, value));
        Assert.Empty(settings.Accepted);
        Assert.All(named.Split('|').Zip(settings.Notices), pair => Assert.Contains($"{pair.First} was left out", pair.Second, StringComparison.Ordinal));
        Assert.Equal(named.Split('|').Length, settings.Notices.Count);
    }

    [Fact]
    public void Parameter_of_its_own_wins_over_options_as_in_PostgreSQL() =>
        Assert.Equal("statement_timeout=2s", Accepted(Of(("statement_timeout", "2s"), ("options", "-c statement_timeout=1s")))); // P02

    [Fact]
    public void No_more_than_a_packet_of_notices_comes_of_a_packet()
    {
        StartupSettings settings = Of(("options", string.Concat(Enumerable.Repeat("-e ", 3_000))));
        Assert.Single(settings.Notices);
    }

    private static StartupSettings Of(params (string Name, string Value)[] parameters) =>
        StartupSettings.Of([.. parameters.Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value))], Policy.For(Database), Judge);

    private static string Accepted(StartupSettings settings) =>
        string.Join(' ', settings.Accepted.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
}
