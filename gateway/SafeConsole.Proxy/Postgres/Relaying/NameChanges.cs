using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>What the statements of an approved text do to the connection's names by SQL: PREPARE, DEALLOCATE, DECLARE, CLOSE, DISCARD.</summary>
internal static class NameChanges
{
    /// <summary>One entry for each statement of the text, or null where none of them changes a name.</summary>
    public static IReadOnlyList<NameChange?>? Of(ApprovedStatement approved, GatedStatement statement, long batch)
    {
        NameChange?[]? changes = null;
        for (int i = 0; i < approved.Parts.Length; i++)
        {
            if (Of(approved.Parts[i], statement, batch) is { } change)
            {
                changes ??= new NameChange?[approved.Parts.Length];
                changes[i] = change;
            }
        }

        return changes;
    }

    /// <summary>How many names the text gives at most.</summary>
    public static (int Statements, int Cursors) Given(ApprovedStatement approved) => approved.ChangesMeaning
        ? (approved.Parts.Count(static part => part.Kind == "prepare"), approved.Parts.Count(static part => part.Kind == "declare"))
        : (0, 0);

    private static NameChange? Of(ApprovedPart part, GatedStatement statement, long batch) => part.Kind switch
    {
        "prepare" => new NameChange(OfPortal: false, part.Name, Statement: new PreparedStatement(statement, BySql: true, batch)),
        "deallocate" => new NameChange(OfPortal: false, part.Name),
        "declare" => new NameChange(OfPortal: true, part.Name, Portal: new StatementRun(statement, statement.NextExecution()) { IsInner = true, IsHeld = part.IsHeld }),
        "close" => new NameChange(OfPortal: true, part.Name),
        "discard-all" => new NameChange(OfPortal: false, null),
        _ => null,
    };
}
