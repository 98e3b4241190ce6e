namespace SafeConsole.Runners.Tests.Image;

/// <summary>Tests that share one database and one link.</summary>
[CollectionDefinition(Name)]
public sealed class ImageSiteTests : ICollectionFixture<ImageSite>
{
    public const string Name = "images";
}
