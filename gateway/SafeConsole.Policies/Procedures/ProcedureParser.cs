using System.Runtime.CompilerServices;

namespace SafeConsole.Policies.Procedures;

/// <summary>
/// Reads a PL/pgSQL body (the grammar of pl_gram.y, PostgreSQL 15) for what it can run: its expressions and SQL statements. Statements that change something, end
/// transactions or can outlive a cancel request are harms; what is not understood is one as well.
/// </summary>
internal sealed class ProcedureParser
{
    private static readonly string[] Interventions =
        ["query_canceled", "operator_intervention", "admin_shutdown", "crash_shutdown", "cannot_connect_now", "database_dropped", "idle_session_timeout"];

    private readonly ProcedureTokens tokens;
    private readonly ProcedureBody body = new();
    private readonly ProcedureCommands commands;
    private readonly ProcedureLoops loops;

    private ProcedureParser(TokenText text)
    {
        tokens = new ProcedureTokens(text);
        commands = new ProcedureCommands(tokens, body);
        loops = new ProcedureLoops(tokens, body, ReadStatements);
    }

    /// <summary>Reads a body.</summary>
    public static ProcedureBody Read(string source)
    {
        if (TokenText.Read(source) is not { } text)
        {
            return new ProcedureBody { Harm = "has a body that cannot be read" };
        }

        var parser = new ProcedureParser(text);
        try
        {
            parser.ReadOptions();
            parser.ReadLabel();
            parser.body.CertainlyOpen.Push([]);
            parser.ReadBlock();
            parser.tokens.Skip(";");
            if (!parser.tokens.AtEnd)
            {
                throw new ProcedureSyntaxException("there is text behind its END");
            }
        }
        catch (ProcedureSyntaxException failure)
        {
            parser.body.Harm ??= $"has a body that is not understood: {failure.Message}";
        }

        return parser.body;
    }

    private void ReadOptions()
    {
        while (tokens.Skip("#"))
        {
            // Whichever goes first, variable or column: a name that is both can be either here.
            tokens.Name();
            tokens.Name();
        }
    }

    private bool ReadLabel()
    {
        bool labelled = tokens.Skip("<<");
        if (labelled)
        {
            body.Labels.Add(tokens.Name());
            tokens.Expect(">>");
        }

        return labelled;
    }

    /// <summary>A block; the cursors that are certain to have been opened at its end, unless it is left by EXIT.</summary>
    private HashSet<string> ReadBlock()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (tokens.Skip("declare"))
        {
            new ProcedureDeclarations(tokens, body).Read();
        }

        tokens.Expect("begin");
        HashSet<string> opened = ReadStatements();
        if (tokens.Skip("exception"))
        {
            // What failed within it is undone, and cursors that it opened are gone.
            opened = [];
            ReadHandlers();
        }

        tokens.Expect("end");
        if (tokens.IsAtName)
        {
            tokens.Name();
        }

        return opened;
    }

    /// <summary>A handler that catches the cancel request would outlive the statement timeout. OTHERS does not catch it; class 57 does.</summary>
    private void ReadHandlers()
    {
        while (tokens.Skip("when"))
        {
            do
            {
                bool state = tokens.Skip("sqlstate");
                string condition = state ? tokens.Until(false, "or", "then") : tokens.Name();
                if (state ? !IsOrdinaryState(condition) : Array.IndexOf(Interventions, condition) >= 0)
                {
                    body.Harm ??= "catches the cancel request that ends a statement";
                }
            }
            while (tokens.Skip("or"));
            tokens.Expect("then");
            ReadStatements();
        }
    }

    private static bool IsOrdinaryState(string literal) =>
        literal.Length == 7 && literal[0] == '\'' && literal[1..6].All(char.IsAsciiLetterOrDigit) && !literal.StartsWith("'57", StringComparison.Ordinal);

    /// <summary>A list of statements; the cursors that are certain to have been opened at its end.</summary>
    private HashSet<string> ReadStatements()
    {
        body.CertainlyOpen.Push([]);
        while (!tokens.AtEnd && tokens.Next is not ("end" or "exception" or "elsif" or "elseif" or "else" or "when"))
        {
            ReadStatement();
        }

        return body.CertainlyOpen.Pop();
    }

    private void ReadStatement()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        bool labelled = ReadLabel();
        switch (tokens.Next)
        {
            case "declare" or "begin":
                HashSet<string> opened = ReadBlock();
                body.CertainlyOpen.Peek().UnionWith(labelled ? [] : opened);
                break;
            case "if":
                body.CertainlyOpen.Peek().UnionWith(ReadIf());
                break;
            case "case":
                body.CertainlyOpen.Peek().UnionWith(ReadCase());
                break;
            case "loop" or "while" or "for" or "foreach":
                loops.Read();
                break;
            default:
                commands.Read();
                break;
        }

        tokens.Expect(";");
    }

    /// <summary>IF; the cursors that every branch opens.</summary>
    private HashSet<string> ReadIf()
    {
        HashSet<string>? opened = null;
        do
        {
            tokens.Advance(1);
            body.Expressions.Add(tokens.Until(false, "then"));
            tokens.Expect("then");
            opened = Both(opened, ReadStatements());
        }
        while (tokens.Next is "elsif" or "elseif");
        opened = Both(opened, tokens.Skip("else") ? ReadStatements() : []);
        tokens.Expect("end");
        tokens.Expect("if");
        return opened;
    }

    private static HashSet<string> Both(HashSet<string>? some, HashSet<string> others)
    {
        others.IntersectWith(some ?? others);
        return others;
    }

    /// <summary>CASE x WHEN a, b compares as v IN (a, b) does, where v is a variable that was given x; a sub-select takes a type of its own like that.</summary>
    private HashSet<string> ReadCase()
    {
        tokens.Expect("case");
        string subject = tokens.Until(true, "when");
        HashSet<string>? opened = null;
        while (tokens.Skip("when"))
        {
            string values = tokens.Until(false, "then");
            body.Expressions.Add(subject.Length == 0 ? values : $"(SELECT {subject}\n) IN ({values}\n)");
            tokens.Expect("then");
            opened = Both(opened, ReadStatements());
        }

        if (tokens.Skip("else"))
        {
            opened = Both(opened, ReadStatements());
        }

        // Without ELSE the server raises an error where no branch is taken.
        tokens.Expect("end");
        tokens.Expect("case");
        return opened ?? [];
    }
}
