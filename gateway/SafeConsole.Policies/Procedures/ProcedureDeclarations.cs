namespace SafeConsole.Policies.Procedures;

/// <summary>Reads DECLARE sections.</summary>
internal sealed class ProcedureDeclarations(ProcedureTokens tokens, ProcedureBody body)
{
    /// <summary>Reads declarations up to BEGIN, which is left to be read.</summary>
    public void Read()
    {
        while (tokens.Next != "begin")
        {
            if (!tokens.Skip("declare"))
            {
                ReadOne();
            }
        }
    }

    private void ReadOne()
    {
        string name = tokens.Name();
        if (tokens.Next == "alias" && tokens.At(1) == "for")
        {
            tokens.Advance(2);
            body.Aliases.Add((name, tokens.IsAtParameter ? [tokens.Parameter()] : tokens.NameParts()));
        }
        else if (tokens.Next == "cursor" || (tokens.Next == "scroll" && tokens.At(1) == "cursor") || (tokens.Next == "no" && tokens.At(1) == "scroll"))
        {
            ReadCursor(name);
        }
        else
        {
            ReadVariable(name);
        }

        tokens.Expect(";");
    }

    private void ReadCursor(string name)
    {
        tokens.Skip("no");
        tokens.Skip("scroll");
        tokens.Expect("cursor");
        body.Variables.Add(new ProcedureVariable(name, "refcursor"));
        body.Bound.Add(name);
        if (tokens.Skip("("))
        {
            do
            {
                string argument = tokens.Name();
                body.Variables.Add(new ProcedureVariable(argument, tokens.Until(false, ",", ")")));
            }
            while (tokens.Skip(","));
            tokens.Expect(")");
        }

        if (!tokens.Skip("for", "is"))
        {
            throw new ProcedureSyntaxException("FOR is missing in a cursor");
        }

        body.AddCursorQuery(tokens.Until(false, ";"));
    }

    private void ReadVariable(string name)
    {
        tokens.Skip("constant");
        string type = tokens.Until(false, ";", ":=", "=", "default", "not", "collate");
        body.Variables.Add(new ProcedureVariable(name, type));
        if (tokens.Skip("collate"))
        {
            tokens.DottedName();
        }

        if (tokens.Skip("not"))
        {
            tokens.Expect("null");
        }

        if (tokens.Skip(":=", "=", "default"))
        {
            body.Targets.Add([name]);
            body.Expressions.Add(tokens.Until(false, ";"));
        }
    }
}
