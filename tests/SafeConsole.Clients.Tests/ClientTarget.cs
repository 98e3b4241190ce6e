namespace SafeConsole.Clients.Tests;

/// <summary>The demo's shell target, with every client as an option and room for a Java or .NET runtime.</summary>
internal sealed class ClientTarget(ClientFiles files)
{
    /// <summary>The target that is changed.</summary>
    public const string Name = "recipes-shell";

    /// <summary>What sandboxes may read beside /usr: the scripts, and the configuration of a Debian Java, which its runtime links to.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        Directory.GetDirectories("/etc", "java-*-openjdk").Prepend(files.Location).Index()
            .ToDictionary(entry => $"Runners:ReadOnlyPaths:{entry.Index}", entry => entry.Item);

    /// <summary>The policy's text with the clients in it.</summary>
    public string Offer(string policy)
    {
        var options = string.Concat(ClientStart.All.Select(Option));
        return policy.Replace("  environment:\n", $"{options}  environment:\n{Environment}", StringComparison.Ordinal)
            + "limits:\n  statementTimeout: 60s\n  memory: 2GiB\n  processes: 400\n  disk: 512MiB\n";
    }

    private string Environment => string.Concat(
        Variable("PYTHONPATH", files.Inside("{scripts}/python")),
        Variable("PYTHONDONTWRITEBYTECODE", "1"),
        Variable("DOTNET_gcServer", "0"),
        Variable("DOTNET_EnableDiagnostics", "0"),
        Variable("RAILS_ENV", "production"));

    private static string Variable(string name, string value) => $"    {name}: \"{value}\"\n";

    private string Option(ClientStart start) =>
        $"    - name: {start.Name}\n      title: {start.Name}\n      description: A client.\n      command:\n"
        + string.Concat(start.Command.Select(part => $"        - '{files.Inside(part)}'\n"));
}
