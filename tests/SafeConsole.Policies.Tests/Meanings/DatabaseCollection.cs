namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>The tests that share one database.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit calls it a collection
public sealed class DatabaseCollection : ICollectionFixture<DatabaseFixture>
#pragma warning restore CA1711
{
    public const string Name = "database";
}
