namespace SafeConsole.Clients.Tests;

/// <summary>Npgsql and Entity Framework Core.</summary>
[Collection(ClientSiteTests.Name)]
public sealed class DotNetTests(ClientSite site)
{
    [Theory]
    [InlineData("npgsql")]
    [InlineData("entity-framework")]
    public async Task Starts_and_reads(string client) => (await site.RunAsync(client)).Works();

    [Theory]
    [InlineData("npgsql", "update", "Npgsql.PostgresException 25006")]
    [InlineData("npgsql", "create_table", "Npgsql.PostgresException 25006")]
    [InlineData("npgsql", "set_role", "Npgsql.PostgresException 42501")]
    [InlineData("npgsql", "copy_in", "Npgsql.PostgresException 25006")]
    [InlineData("npgsql", "insert_in_a_transaction", "Npgsql.PostgresException 25006")]
    [InlineData("npgsql", "read_in_a_failed_transaction", "Npgsql.PostgresException 25P02")]
    [InlineData("npgsql", "too_slow", "Npgsql.NpgsqlException from System.TimeoutException ")]
    [InlineData("entity-framework", "save_changes", "Microsoft.EntityFrameworkCore.DbUpdateException from Npgsql.PostgresException 25006")]
    [InlineData("entity-framework", "execute_update", "Npgsql.PostgresException 25006")]
    [InlineData("entity-framework", "execute_delete", "Npgsql.PostgresException 25006")]
    public async Task Write_fails_as_the_clients_own_error(string client, string step, string error) => (await site.RunAsync(client)).Refuses(step, error);
}
