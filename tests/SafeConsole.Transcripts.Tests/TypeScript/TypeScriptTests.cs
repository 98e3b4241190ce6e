using SafeConsole.Testing;

namespace SafeConsole.Transcripts.Tests.TypeScript;

public sealed class TypeScriptTests
{
    [Fact]
    public void Types_of_the_web_pages_are_those_of_the_events()
    {
        string file = RepositoryRoot.At("web/src/types/generated/transcript.ts");
        string printed = TypeScriptPrinter.PrintEvents();
        if (Environment.GetEnvironmentVariable("UPDATE_TYPES") == "1")
            File.WriteAllText(file, printed);

        Assert.Equal(printed, File.ReadAllText(file));
    }
}
