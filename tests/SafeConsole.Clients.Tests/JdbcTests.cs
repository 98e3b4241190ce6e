namespace SafeConsole.Clients.Tests;

/// <summary>The PostgreSQL driver for Java.</summary>
[Collection(ClientSiteTests.Name)]
public sealed class JdbcTests(ClientSite site)
{
    [Fact]
    public async Task Starts_and_reads() => (await site.RunAsync("jdbc")).Works();

    [Theory]
    [InlineData("update", "org.postgresql.util.PSQLException 25006")]
    [InlineData("update_with_parameters", "org.postgresql.util.PSQLException 25006")]
    [InlineData("batch", "java.sql.BatchUpdateException 25006")]
    [InlineData("set_role", "org.postgresql.util.PSQLException 42501")]
    public async Task Write_fails_as_the_clients_own_error(string step, string error) => (await site.RunAsync("jdbc")).Refuses(step, error);
}
