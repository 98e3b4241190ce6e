using System.Xml.Linq;
using SafeConsole.Testing;

namespace SafeConsole.Repository.Tests;

/// <summary>The direction of the five projects, as gateway/README.md draws it; the agent, and what the C# REPL loads, stand alone.</summary>
public sealed class ProjectReferenceTests
{
    public static TheoryData<string, string[]> Graph => new()
    {
        { "gateway/SafeConsole.Gateway/SafeConsole.Gateway.csproj", ["SafeConsole.Policies", "SafeConsole.Proxy", "SafeConsole.Runners", "SafeConsole.Transcripts"] },
        { "gateway/SafeConsole.Proxy/SafeConsole.Proxy.csproj", ["SafeConsole.Policies", "SafeConsole.Transcripts"] },
        { "gateway/SafeConsole.Policies/SafeConsole.Policies.csproj", [] },
        { "gateway/SafeConsole.Runners/SafeConsole.Runners.csproj", [] },
        { "gateway/SafeConsole.Transcripts/SafeConsole.Transcripts.csproj", [] },
        { "runner-image/agent/SafeConsole.Agent.csproj", [] },
        { "runner-image/repls/csharp/SafeConsole.CSharpRepl.csproj", [] },
    };

    [Theory, MemberData(nameof(Graph))]
    public void A_project_references_exactly_these(string project, string[] expected) =>
        Assert.Equal(expected, XDocument.Load(RepositoryRoot.At(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).Order(StringComparer.Ordinal));

    [Fact]
    public void No_other_project_exists_outside_tests() =>
        Assert.Equal(
            Graph.Select(row => (string)row[0]).Order(StringComparer.Ordinal),
            SourceTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal)));

    [Fact]
    public void A_project_sees_nothing_behind_what_it_references() =>
        Assert.Equal("true", XDocument.Load(RepositoryRoot.At("Directory.Build.props")).Descendants("DisableTransitiveProjectReferences").Single().Value);

    [Theory]
    [InlineData("OpenIddict", "SafeConsole.Gateway")]
    [InlineData("Microsoft.EntityFrameworkCore", "SafeConsole.Gateway")]
    [InlineData("YamlDotNet", "SafeConsole.Policies")]
    public void A_package_is_seen_by_one_project_only(string package, string owner)
    {
        var users = SourceTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal))
            .Where(file => SourceTree.Read(file).Contains($"<PackageReference Include=\"{package}", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension);
        Assert.Equal([owner], users);
    }
}
