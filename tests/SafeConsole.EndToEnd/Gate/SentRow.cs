using SafeConsole.Scripting;

namespace SafeConsole.EndToEnd.Gate;

/// <summary>What a transcript says of one row of the corpus: its statements in order, each with its verdict and how it ended.</summary>
internal sealed record SentRow(string Id, string Protocol, IReadOnlyList<SentStatement> Statements)
{
    /// <summary>The rows of a session, by the application names that corpus.py gave its connections.</summary>
    public static IReadOnlyList<SentRow> Of(IReadOnlyList<TranscriptEntry> entries)
    {
        var judged = entries.Where(entry => entry.Type == "statement.judged").ToLookup(entry => entry.Text("statement"));
        var ended = entries.Where(entry => entry.Type == "statement.completed").ToLookup(entry => entry.Text("statement"));
        var submitted = entries.Where(entry => entry.Type == "statement.submitted").ToLookup(entry => entry.Text("connection"));
        return [.. from connected in entries
                   where connected.Type == "database.connected" && connected.Text("application")!.Contains('/', StringComparison.Ordinal)
                   let name = connected.Text("application")!.Split('/')
                   let statements = from entry in submitted[connected.Text("connection")]
                                    let number = entry.Text("statement")
                                    select new SentStatement(entry.Text("sql")!, judged[number].Last(), ended[number].LastOrDefault())
                   select new SentRow(name[0], name[1], [.. statements])];
    }
}
