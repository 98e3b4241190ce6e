namespace SafeConsole.Clients.Tests;

/// <summary>psycopg 2 and 3, SQLAlchemy, and the Django shell.</summary>
[Collection(ClientSiteTests.Name)]
public sealed class PythonTests(ClientSite site)
{
    [Theory]
    [InlineData("psycopg2")]
    [InlineData("psycopg")]
    [InlineData("sqlalchemy")]
    [InlineData("django")]
    public async Task Starts_and_reads(string client) => (await site.RunAsync(client)).Works();

    [Theory]
    [InlineData("psycopg2", "update", "psycopg2.errors.ReadOnlySqlTransaction 25006")]
    [InlineData("psycopg2", "truncate", "psycopg2.errors.ReadOnlySqlTransaction 25006")]
    [InlineData("psycopg2", "set_role", "psycopg2.errors.InsufficientPrivilege 42501")]
    [InlineData("psycopg", "update", "psycopg.errors.ReadOnlySqlTransaction 25006")]
    [InlineData("psycopg", "update_with_parameters", "psycopg.errors.ReadOnlySqlTransaction 25006")]
    [InlineData("psycopg", "set_role", "psycopg.errors.InsufficientPrivilege 42501")]
    [InlineData("sqlalchemy", "update_by_the_orm", "sqlalchemy.exc.InternalError from psycopg2.errors.ReadOnlySqlTransaction 25006")]
    [InlineData("sqlalchemy", "insert", "sqlalchemy.exc.InternalError from psycopg2.errors.ReadOnlySqlTransaction 25006")]
    [InlineData("sqlalchemy", "create_table", "sqlalchemy.exc.InternalError from psycopg2.errors.ReadOnlySqlTransaction 25006")]
    [InlineData("django", "save", "django.db.utils.InternalError from psycopg2.errors.ReadOnlySqlTransaction 25006")]
    [InlineData("django", "bulk_delete", "django.db.utils.InternalError from psycopg2.errors.ReadOnlySqlTransaction 25006")]
    [InlineData("django", "lock", "django.db.utils.InternalError from psycopg2.errors.ReadOnlySqlTransaction 25006")]
    public async Task Write_fails_as_the_clients_own_error(string client, string step, string error) => (await site.RunAsync(client)).Refuses(step, error);
}
