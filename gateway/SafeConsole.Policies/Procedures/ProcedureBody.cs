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

    /// <summary>Cursors of which rows are fetched.</summary>
    public List<string> Fetched { get; } = [];

    /// <summary>New names for variables.</summary>
    public List<(string Name, string For)> Aliases { get; } = [];

    /// <summary>Block labels.</summary>
    public HashSet<string> Labels { get; } = [];

    /// <summary>Why it is not known to be harmless, as a sentence's predicate; null where its statements are all known.</summary>
    public string? Harm { get; set; }
}
