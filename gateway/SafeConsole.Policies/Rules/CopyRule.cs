using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`copy.not-allowed`: of COPY, only COPY … TO STDOUT is a read; the others write tables or run on the server's files and programs.</summary>
internal sealed class CopyRule : INodeRule
{
    private const string Rule = "copy.not-allowed";
    private static readonly HashSet<string> Options = ["format", "delimiter", "null", "header", "quote", "escape", "force_quote", "encoding"];

    public IReadOnlyList<string> NodeTypes { get; } = ["CopyStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        if (node.Flag("is_from"))
        {
            examination.Deny(Rule, "COPY FROM writes to a table; this console only reads.", "COPY … TO STDOUT is passed on.", sqlState: SqlStates.ReadOnly);
        }
        else if (node.Flag("is_program") || node.Has("filename"))
        {
            examination.Deny(Rule, "COPY to a file or a program runs on the database server.", "COPY … TO STDOUT, or psql's \\copy, brings the rows here.");
        }
        else if (node.Children("options").FirstOrDefault(option => !Options.Contains(option.Text("defname") ?? "")) is { Type: not null } unknown)
        {
            examination.Deny(Rule, $"COPY has no option {unknown.Text("defname")} that is known to be harmless.", $"Known are {string.Join(", ", Options).ToUpperInvariant()}.", unknown);
        }
    }
}
