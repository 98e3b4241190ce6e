namespace SafeConsole.Policies.Procedures;

/// <summary>Reads LOOP, WHILE, FOR and FOREACH.</summary>
internal sealed class ProcedureLoops(ProcedureTokens tokens, ProcedureBody body, Func<HashSet<string>> readStatements)
{
    /// <summary>Reads one loop to its END LOOP; the semicolon is left to be read.</summary>
    public void Read()
    {
        string kind = tokens.Next;
        tokens.Advance(1);
        switch (kind)
        {
            case "while":
                body.Expressions.Add(tokens.Until(false, "loop"));
                break;
            case "for":
                ReadFor();
                break;
            case "foreach":
                ReadForEach();
                break;
        }

        if (kind != "loop")
        {
            tokens.Expect("loop");
        }

        readStatements();
        tokens.Expect("end");
        tokens.Expect("loop");
        if (tokens.IsAtName)
        {
            tokens.Name();
        }
    }

    private void ReadForEach()
    {
        ReadTargets();
        if (tokens.Skip("slice"))
        {
            tokens.Advance(1);
        }

        tokens.Expect("in");
        tokens.Expect("array");
        body.Expressions.Add(tokens.Until(false, "loop"));
    }

    /// <summary>What the loop assigns to; the first name.</summary>
    private string ReadTargets()
    {
        int first = body.Targets.Count;
        do
        {
            body.Targets.Add(tokens.NameParts());
        }
        while (tokens.Skip(","));
        return string.Join('.', body.Targets[first]);
    }

    private void ReadFor()
    {
        string target = ReadTargets();

        tokens.Expect("in");
        if (tokens.Skip("execute"))
        {
            body.Dynamic.Add(tokens.Until(false, "loop", "using"));
            while (tokens.Skip("using", ","))
            {
                body.Expressions.Add(tokens.Until(false, ",", "loop"));
            }
        }
        else if (tokens.IsAtName && tokens.At(1) is "loop" or "(" && IsCursor(tokens.Next))
        {
            tokens.Name();
            new ProcedureArguments(tokens, body).Read();
        }
        else
        {
            ReadRange(target);
        }
    }

    /// <summary>Integers from .. to, or a query: two dots outside of brackets tell.</summary>
    private void ReadRange(string target)
    {
        bool reverse = tokens.Skip("reverse");
        string first = tokens.Until(false, "..", "loop");
        if (!tokens.Skip(".."))
        {
            body.Queries.Add(reverse ? throw new ProcedureSyntaxException("REVERSE without a range") : first);
            return;
        }

        body.Expressions.Add(first);
        body.Expressions.Add(tokens.Until(false, "by", "loop"));
        if (tokens.Skip("by"))
        {
            body.Expressions.Add(tokens.Until(false, "loop"));
        }

        body.Variables.Add(new ProcedureVariable(target, "integer"));
    }

    private bool IsCursor(string name) => body.Variables.Exists(variable => variable.Name == name && variable.Type is "refcursor");
}
