namespace SafeConsole.Clients.Tests;

/// <summary>rails console with ActiveRecord: with prepared statements, without, and in its sandbox, which is a transaction around everything.</summary>
[Collection(ClientSiteTests.Name)]
public sealed class RailsTests(ClientSite site)
{
    [Theory]
    [InlineData("rails")]
    [InlineData("rails-unprepared")]
    [InlineData("rails-sandbox")]
    public async Task Starts_and_reads(string client) => (await site.RunAsync(client)).Works();

    [Theory]
    [InlineData("update")]
    [InlineData("destroy")]
    [InlineData("lock")]
    [InlineData("execute")]
    public async Task Write_fails_as_the_clients_own_error(string step)
    {
        foreach (var client in new[] { "rails", "rails-unprepared", "rails-sandbox" })
        {
            (await site.RunAsync(client)).Refuses(step, "ActiveRecord::StatementInvalid from PG::ReadOnlySqlTransaction 25006");
        }
    }
}
