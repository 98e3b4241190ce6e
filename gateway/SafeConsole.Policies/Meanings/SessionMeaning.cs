using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Rules;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>Judges statements by what their names mean in a session: under every search path that can be in force when they run.</summary>
internal sealed class SessionMeaning(TargetPolicy policy, NamesInForce session, IReadOnlyList<uint>? parameterTypes)
{
    private HarmGraph Harms => session.Catalog.HarmsUnder(policy, session.Paths.MeantOther);

    /// <summary>Denies the examination's present statement if it is harmful under any of the paths.</summary>
    public void Judge(Examination examination)
    {
        // A path that a query sets by a function is there for the bodies of functions that it calls later.
        string? ownPath = examination.Root.Type == "SelectStmt" ? examination.Path?.To : null;
        if (ownPath is not null && examination.RunsText)
        {
            examination.Deny("setting.search-path", "SQL given as text would find its names in a path that the same statement sets.", "Use SET search_path first.");
        }

        if (session.Paths.HeldSince != 0 ? examination.Path is not null : DeclaresHeld(examination.Root) && !session.Paths.IsSettled)
        {
            examination.Deny("cursor.hold", "A cursor WITH HOLD runs to its end when its transaction commits, and would find names in another search_path then.", "Leave search_path alone in that transaction.");
        }

        foreach (string text in ownPath is null ? session.Paths.Now : session.Paths.Now.Add(ownPath))
        {
            if (examination.Denial is not null)
            {
                return;
            }

            if (session.Catalog.PathOf(text) is { } path)
            {
                JudgeUnder(path, examination);
                JudgeHeld(path, examination);
            }
            else
            {
                examination.Deny("setting.value", "The session's search_path is not a list of schemas.", "Use RESET search_path.");
            }
        }
    }

    private void JudgeUnder(SearchPath path, Examination examination)
    {
        if (new StatementMeaning(session.Catalog, path, Harms).Judge(examination.Root, examination, parameterTypes) is { } denial)
        {
            examination.Deny(denial);
        }
        else if (Named(examination.Root) is { } earlier)
        {
            JudgeEarlier(earlier, path, examination, given => IsQueryOf(examination.Root, given));
        }
        else if (Executed(examination.Root) is { } unknown)
        {
            examination.Deny("name.unknown", $"prepared statement \"{unknown}\" does not exist", "Prepare it first.", sqlState: "26000");
        }
        else if (examination.Root.Type == "FetchStmt" && session.Paths.MeantOther)
        {
            // One that a function opened. It was judged with its function, but the functions that its query calls find names only now.
            examination.Deny("name.unknown", $"cursor \"{examination.Root.Text("portalname")}\" is not known here, and search_path or what it finds was changed in this transaction.", "Fetch before search_path is changed, or begin the transaction anew.");
        }
    }

    /// <summary>
    /// A held cursor that was judged by another catalog runs to its end at COMMIT, by what its functions are by then. Whatever comes next is refused, which ends the transaction,
    /// where it is no longer harmless; ROLLBACK takes it away.
    /// </summary>
    private void JudgeHeld(SearchPath path, Examination examination)
    {
        if (!session.HoldsOutdated || (examination.Root.Type == "TransactionStmt" && examination.Root.Text("kind") == "TRANS_STMT_ROLLBACK"))
        {
            return;
        }

        foreach (string declared in session.Held.Values)
        {
            JudgeEarlier(declared, path, examination, DeclaresHeld);
        }
    }

    private static bool DeclaresHeld(SqlNode root) => root.Type == "DeclareCursorStmt" && CursorRule.IsHeld(root);

    /// <summary>The text that a name was given to earlier; null where none is known. Its names are looked up again when it runs.</summary>
    private string? Named(SqlNode root) => Executed(root) is { } prepared
        ? session.Prepared.GetValueOrDefault(prepared)
        : root.Type == "FetchStmt" ? session.Cursors.GetValueOrDefault(root.Text("portalname") ?? "") : null;

    private static string? Executed(SqlNode root) => root.Type switch
    {
        "ExecuteStmt" => root.Text("name") ?? "",
        "ExplainStmt" when root.Child("query") is { Type: "ExecuteStmt" } execute => execute.Text("name") ?? "",
        _ => null,
    };

    /// <summary>Whether running the name runs a query: one that a message gave the name, or the one within the PREPARE or DECLARE that gave it.</summary>
    private static bool IsQueryOf(SqlNode used, SqlNode given) => given.Type switch
    {
        "SelectStmt" => true,
        "PrepareStmt" => Executed(used) is { } name && name == given.Text("name"),
        "DeclareCursorStmt" => used.Type == "FetchStmt" && used.Text("portalname") == given.Text("portalname"),
        _ => false,
    };

    private void JudgeEarlier(string sql, SearchPath path, Examination examination, Func<SqlNode, bool> isQuery)
    {
        (PostgresText? text, SqlFault? fault) = PostgresParser.Parse(sql);
        if (text is null)
        {
            examination.Deny(fault!.Rule, fault.Message, "Prepare it again.");
            return;
        }

        using (text)
        {
            var earlier = new Examination(text, policy) { Session = session, Walker = RuleSet.MeaningWalker };
            foreach (SqlNode statement in text.Statements)
            {
                earlier.Enter(statement, statement.Child("stmt") ?? new SqlNode("an unknown statement", default));
                if (!isQuery(earlier.Root))
                {
                    examination.Deny("name.not-query", "What the name stands for is no query.", "Send the statement itself.");
                    return;
                }

                earlier.JudgeTextsBy(Judge);
                earlier.Walker.Walk(statement, earlier);
                Denial? denial = earlier.Denial ?? new StatementMeaning(session.Catalog, path, Harms).Judge(earlier.Root, earlier, null);
                if (denial is not null)
                {
                    examination.Deny(denial.Rule, $"What the name stands for is not allowed now: {denial.Reason}", denial.Hint);
                }
                else if (earlier.Path is not null)
                {
                    examination.Deny("setting.search-path", "What the name stands for changes search_path.", "Use SET search_path.");
                }
            }
        }
    }
}
