namespace SafeConsole.Clients.Tests;

/// <summary>The tests that share one <see cref="ClientSite"/>; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ClientSiteTests : ICollectionFixture<ClientSite>
{
    public const string Name = "clients";
}
