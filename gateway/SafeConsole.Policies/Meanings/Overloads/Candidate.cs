namespace SafeConsole.Policies.Meanings.Overloads;

/// <summary>A function or operator that a call could mean: its oid, the types it takes at the call's places, its result, and where its schema stands in the path.</summary>
internal sealed record Candidate(uint Oid, IReadOnlyList<uint> Types, uint Result, int Place)
{
    /// <summary>Whether the last arguments were gathered into its variadic array.</summary>
    public bool Gathers { get; init; }
}
