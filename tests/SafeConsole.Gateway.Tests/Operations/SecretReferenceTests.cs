using SafeConsole.Gateway.Secrets;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Operations;

public sealed class SecretReferenceTests
{
    [Fact]
    public void A_file_gives_its_text_without_the_line_end()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("secret"), "hunter2\n");
        Assert.Equal("hunter2", SecretReference.Resolve($"file:{folder.At("secret")}"));
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("env:SAFECONSOLE_TEST_NOT_SET")]
    [InlineData("file:/no/such/file")]
    public void What_is_no_reference_or_leads_nowhere_is_refused_without_its_value(string reference)
    {
        var refused = Assert.Throws<GatewayConfigurationException>(() => SecretReference.Resolve(reference));
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }
}
