namespace SafeConsole.Policies.Procedures;

/// <summary>Reads the statements that contain no others. The semicolon is left to be read.</summary>
internal sealed class ProcedureCommands(ProcedureTokens tokens, ProcedureBody body)
{
    private static readonly string[] Refused =
        ["commit", "rollback", "call", "do", "insert", "update", "delete", "merge", "truncate", "set", "reset", "lock", "notify"];

    private static readonly string[] Directions = ["next", "prior", "first", "last", "absolute", "relative", "forward", "backward", "all"];

    /// <summary>Reads one statement.</summary>
    public void Read()
    {
        // A keyword before one of these is a variable's name.
        if ((tokens.IsAtName || tokens.IsAtParameter) && tokens.At(1) is ":=" or "=" or "[" or ".")
        {
            ReadAssignment();
            return;
        }

        switch (tokens.Next)
        {
            case "return":
                ReadReturn();
                break;
            case "raise":
                ReadRaise();
                break;
            case "exit" or "continue":
                ReadExit();
                break;
            case "execute":
                ReadExecute();
                break;
            case "get":
                ReadDiagnostics();
                break;
            case "open":
                ReadOpen();
                break;
            case "fetch" or "move":
                ReadFetch();
                break;
            default:
                ReadPlain();
                break;
        }
    }

    private void ReadPlain()
    {
        if (Array.IndexOf(Refused, tokens.Next) >= 0)
        {
            body.Harm ??= $"contains {tokens.Next.ToUpperInvariant()}";
            tokens.Until(true, ";");
        }
        else if (tokens.Skip("assert"))
        {
            ReadList(";");
        }
        else if (tokens.Skip("perform"))
        {
            body.Queries.Add("SELECT " + tokens.Until(false, ";"));
        }
        else if (tokens.Skip("close"))
        {
            tokens.DottedName();
        }
        else if (!tokens.Skip("null"))
        {
            ReadSql();
        }
    }

    /// <summary>target := expression; a target's subscripts are expressions too.</summary>
    private void ReadAssignment()
    {
        List<string> target = [tokens.IsAtParameter ? tokens.Parameter() : tokens.Name()];
        while (tokens.Next is "." or "[")
        {
            if (tokens.Skip("."))
            {
                target.Add(tokens.Name());
                continue;
            }

            tokens.Expect("[");
            string bound = tokens.Until(true, "]", ":");
            AddUnlessEmpty(bound);
            if (tokens.Skip(":"))
            {
                AddUnlessEmpty(tokens.Until(true, "]"));
            }

            tokens.Expect("]");
        }

        if (!tokens.Skip(":=", "="))
        {
            throw new ProcedureSyntaxException("an assignment is not understood");
        }

        body.Targets.Add(target);
        body.Expressions.Add(tokens.Until(false, ";"));
    }

    private void ReadReturn()
    {
        tokens.Expect("return");
        if (tokens.Skip("query"))
        {
            if (tokens.Skip("execute"))
            {
                ReadDynamic(";");
            }
            else
            {
                body.Queries.Add(tokens.Until(false, ";"));
            }

            return;
        }

        tokens.Skip("next");
        AddUnlessEmpty(tokens.Until(true, ";"));
    }

    private void ReadRaise()
    {
        tokens.Expect("raise");
        tokens.Skip("debug", "log", "info", "notice", "warning", "exception");
        if (tokens.Next is not (";" or "using"))
        {
            // A format or a condition; the format's arguments follow.
            tokens.Until(false, ",", "using", ";");
            while (tokens.Skip(","))
            {
                body.Expressions.Add(tokens.Until(false, ",", "using", ";"));
            }
        }

        if (tokens.Skip("using"))
        {
            do
            {
                tokens.Name();
                if (!tokens.Skip("=", ":="))
                {
                    throw new ProcedureSyntaxException("an option of RAISE is not understood");
                }

                body.Expressions.Add(tokens.Until(false, ",", ";"));
            }
            while (tokens.Skip(","));
        }
    }

    private void ReadExit()
    {
        tokens.Advance(1);
        if (tokens.Next is not (";" or "when"))
        {
            tokens.Name();
        }

        if (tokens.Skip("when"))
        {
            body.Expressions.Add(tokens.Until(false, ";"));
        }
    }

    private void ReadExecute()
    {
        tokens.Expect("execute");
        body.Dynamic.Add(tokens.Until(false, "into", "using", ";"));
        while (tokens.Next != ";")
        {
            if (tokens.Skip("into"))
            {
                ReadTargets();
            }
            else if (tokens.Skip("using", ","))
            {
                body.Expressions.Add(tokens.Until(false, ",", "into", ";"));
            }
            else
            {
                throw new ProcedureSyntaxException("EXECUTE is not understood");
            }
        }
    }

    private void ReadDynamic(string end)
    {
        body.Dynamic.Add(tokens.Until(false, "using", end));
        while (tokens.Skip("using", ","))
        {
            body.Expressions.Add(tokens.Until(false, ",", end));
        }
    }

    private void ReadDiagnostics()
    {
        tokens.Expect("get");
        tokens.Skip("current", "stacked");
        tokens.Expect("diagnostics");
        do
        {
            body.Targets.Add(tokens.NameParts());
            if (!tokens.Skip("=", ":="))
            {
                throw new ProcedureSyntaxException("GET DIAGNOSTICS is not understood");
            }

            tokens.Name();
        }
        while (tokens.Skip(","));
    }

    private void ReadOpen()
    {
        tokens.Expect("open");
        body.AddOpened(tokens.DottedName());
        new ProcedureArguments(tokens, body).Read();
        tokens.Skip("no");
        tokens.Skip("scroll");
        if (tokens.Skip("for"))
        {
            if (tokens.Skip("execute"))
            {
                ReadDynamic(";");
            }
            else
            {
                body.AddCursorQuery(tokens.Until(false, ";"));
            }
        }
    }

    private void ReadFetch()
    {
        bool fetch = tokens.Skip("fetch") || !tokens.Skip("move");
        if (Array.IndexOf(Directions, tokens.Next) >= 0 || tokens.At(1) is not (";" or "into"))
        {
            tokens.Skip(Directions);
            tokens.Skip("all");
            AddUnlessEmpty(tokens.Until(true, "from", "in"));
            tokens.Advance(1);
        }

        body.AddFetched(tokens.DottedName());
        if (fetch)
        {
            tokens.Expect("into");
            ReadTargets();
        }
    }

    /// <summary>An SQL statement; INTO and its targets are PL/pgSQL's and taken out, once.</summary>
    private void ReadSql()
    {
        int start = tokens.Place;
        string before = tokens.Until(false, "into", ";");
        if (!tokens.Skip("into"))
        {
            body.Queries.Add(before);
            return;
        }

        int into = tokens.Place - 1;
        ReadTargets();
        int rest = tokens.Place;
        tokens.Until(true, ";");
        body.Queries.Add($"{tokens.Between(start, into)}\n {tokens.Between(rest, tokens.Place)}");
    }

    private void ReadTargets()
    {
        tokens.Skip("strict");
        do
        {
            body.Targets.Add(tokens.NameParts());
        }
        while (tokens.Skip(","));
    }

    private void ReadList(string end)
    {
        do
        {
            body.Expressions.Add(tokens.Until(false, ",", end));
        }
        while (tokens.Skip(","));
    }

    private void AddUnlessEmpty(string expression)
    {
        if (expression.Length > 0)
        {
            body.Expressions.Add(expression);
        }
    }
}
