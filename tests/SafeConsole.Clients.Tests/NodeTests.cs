namespace SafeConsole.Clients.Tests;

/// <summary>node-postgres.</summary>
[Collection(ClientSiteTests.Name)]
public sealed class NodeTests(ClientSite site)
{
    [Fact]
    public async Task Starts_and_reads() => (await site.RunAsync("node")).Works();

    [Theory]
    [InlineData("update", "DatabaseError 25006")]
    [InlineData("drop", "DatabaseError 25006")]
    [InlineData("set_role", "DatabaseError 42501")]
    public async Task Write_fails_as_the_clients_own_error(string step, string error) => (await site.RunAsync("node")).Refuses(step, error);
}
