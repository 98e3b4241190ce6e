using System.Collections.Immutable;

namespace SafeConsole.Policies.Catalogs;

/// <summary>What an aggregate runs: its functions, its sort operator (0 for none), and its state types.</summary>
internal sealed record DatabaseAggregate(ImmutableArray<uint> Functions, uint SortOperator, ImmutableArray<uint> StateTypes);
