namespace SafeConsole.Policies.Procedures;

/// <summary>Reads a cursor's arguments: expressions in parentheses, each perhaps with a name before := or =>.</summary>
internal sealed class ProcedureArguments(ProcedureTokens tokens, ProcedureBody body)
{
    /// <summary>Reads them, if there are any.</summary>
    public void Read()
    {
        if (!tokens.Skip("("))
        {
            return;
        }

        do
        {
            if (tokens.At(1) is ":=" or "=>")
            {
                tokens.Name();
                tokens.Advance(1);
            }

            body.Expressions.Add(tokens.Until(false, ",", ")"));
        }
        while (tokens.Skip(","));
        tokens.Expect(")");
    }
}
