namespace SafeConsole.Policies.Procedures;

/// <summary>What a PL/pgSQL body is made of, as far as it can run something. Filled by <see cref="ProcedureParser"/>.</summary>
internal sealed class ProcedureBody
{
    /// <summary>Expressions: what follows SELECT.</summary>
    public List<string> Expressions { get; } = [];

    /// <summary>Whole statements.</summary>
    public List<string> Queries { get; } = [];

    /// <summary>Expressions whose text is run as SQL.</summary>
    public List<string> Dynamic { get; } = [];

    /// <summary>Variables.</summary>
    public List<ProcedureVariable> Variables { get; } = [];

    /// <summary>What is assigned to, as the parts of its name.</summary>
    public List<IReadOnlyList<string>> Targets { get; } = [];

    /// <summary>Those of <see cref="Queries"/> that are cursors'.</summary>
    public HashSet<string> CursorQueries { get; } = [];

    /// <summary>Cursors of which rows are fetched or passed over, and whether the body is certain to have opened it before.</summary>
    public List<(string Cursor, bool IsOpen)> Fetched { get; } = [];

    /// <summary>Cursors that it opens.</summary>
    public HashSet<string> Opened { get; } = [];

    /// <summary>Cursors that are declared with their query: until they are opened they stand for one of their name that somebody else opened.</summary>
    public HashSet<string> Bound { get; } = [];

    /// <summary>The cursors that are certain to have been opened where the body is being read: in each list of statements around that place, innermost first.</summary>
    public Stack<HashSet<string>> CertainlyOpen { get; } = [];

    /// <summary>New names for variables, with the parts of the name that each stands for, or the parameter's number as it is written.</summary>
    public List<(string Name, IReadOnlyList<string> For)> Aliases { get; } = [];

    /// <summary>Block labels.</summary>
    public HashSet<string> Labels { get; } = [];

    /// <summary>Adds a cursor's query.</summary>
    public void AddCursorQuery(string query)
    {
        Queries.Add(query);
        CursorQueries.Add(query);
    }

    /// <summary>Adds a cursor that is opened; if that fails, what follows in the same list is not reached.</summary>
    public void AddOpened(string cursor)
    {
        Opened.Add(cursor);
        CertainlyOpen.Peek().Add(cursor);
    }

    /// <summary>Adds a cursor of which rows are fetched.</summary>
    public void AddFetched(string cursor) => Fetched.Add((cursor, CertainlyOpen.Any(list => list.Contains(cursor))));

    /// <summary>Why it is not known to be harmless, as a sentence's predicate; null where its statements are all known.</summary>
    public string? Harm { get; set; }
}
