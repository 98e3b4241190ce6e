namespace SafeConsole.Clients.Tests;

/// <summary>What psql printed, in sections: each begins with a line <c>== NAME</c>.</summary>
public sealed class PsqlOutput
{
    private const string Mark = "== ";
    private const string NothingThere = "error: Did not find any ";
    private static readonly string[] Faults = ["ERROR:", "FATAL:", "WARNING:", "NOTICE:", "invalid command", "error: "];
    private readonly Dictionary<string, string> sections = [];

    /// <summary>Reads a run that must have come to its end.</summary>
    public PsqlOutput(ClientRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string? name = null;
        foreach (var line in run.Lines)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                name = line[Mark.Length..];
                sections[name] = "";
            }
            else if (name is not null)
            {
                sections[name] += line + "\n";
            }
        }
        Assert.True(run.Lines.Contains("finished"), $"psql did not come to the end of its script; the last section is {name}.");
    }

    /// <summary>Names in order.</summary>
    public IReadOnlyCollection<string> Names => sections.Keys;

    /// <summary>What a section holds.</summary>
    public string this[string name] => sections.TryGetValue(name, out var text) ? text : throw new KeyNotFoundException($"psql printed nothing for {name}.");

    /// <summary>Sections with an error, a warning or a notice in them, each with the line that says so.</summary>
    public IReadOnlyList<string> Faulty(Func<string, bool> which) =>
    [
        .. from section in sections
           where which(section.Key)
           let fault = section.Value.Split('\n').FirstOrDefault(line => Faults.Any(word => line.Contains(word, StringComparison.Ordinal)) && !line.Contains(NothingThere, StringComparison.Ordinal))
           where fault is not null
           select $"{section.Key}: {fault}",
    ];
}
