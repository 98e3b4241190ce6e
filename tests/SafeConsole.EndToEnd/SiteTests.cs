namespace SafeConsole.EndToEnd;

/// <summary>The tests that share one <see cref="Site"/>; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SiteTests : ICollectionFixture<Site>
{
    public const string Name = "site";
}
