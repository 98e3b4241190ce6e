using System.Collections.Immutable;

namespace SafeConsole.Policies.Catalogs;

/// <summary>A row of pg_proc. Kind is prokind: f function, a aggregate, w window function, p procedure.</summary>
internal sealed record DatabaseFunction(uint Oid, string Name, uint Schema, char Kind, bool ReturnsSet, uint ReturnType, ImmutableArray<uint> Arguments)
{
    /// <summary>How many of the last arguments have defaults.</summary>
    public int Defaults { get; init; }

    /// <summary>The element type of a variadic last argument; 0 for none.</summary>
    public uint Variadic { get; init; }

    /// <summary>The language's name.</summary>
    public required string Language { get; init; }

    /// <summary>Whether it runs with its owner's rights.</summary>
    public bool SecurityDefiner { get; init; }

    /// <summary>Whether its label is VOLATILE. A label, no more.</summary>
    public bool Volatile { get; init; }

    /// <summary>Whether it gives NULL for NULL without being run.</summary>
    public bool Strict { get; init; }

    /// <summary>The planner's support function; 0 for none.</summary>
    public uint Support { get; init; }

    /// <summary>All arguments with their modes and names, where any is not plain input; see proallargtypes.</summary>
    public ImmutableArray<FunctionArgument> AllArguments { get; init; } = [];

    /// <summary>Settings for the time of its run, `name=value`.</summary>
    public ImmutableArray<string> Settings { get; init; } = [];

    /// <summary>Its body, or for LANGUAGE internal the C function's name.</summary>
    public string? Source { get; init; }

    /// <summary>Its body as a stored tree, where it was written in SQL-standard form.</summary>
    public string? SourceTree { get; init; }

    /// <summary>The defaults of its arguments as a stored tree.</summary>
    public string? DefaultsTree { get; init; }

    /// <summary>The extension that it belongs to; null for none.</summary>
    public string? Extension { get; init; }

    /// <summary>Whether it came with PostgreSQL.</summary>
    public bool IsSystem => Oid < DatabaseCatalog.FirstUserOid;

    /// <summary>Whether its body is SQL or PL/pgSQL, which can be read.</summary>
    public bool HasBody => Language is "sql" or "plpgsql";

    /// <summary>Whether it takes or gives a value of type internal (2281), which no SQL text can give.</summary>
    public bool TakesInternal => ReturnType == SystemTypes.Internal || Arguments.Contains(SystemTypes.Internal);

    /// <summary>The input arguments, in order, with their names where they have any.</summary>
    public IEnumerable<FunctionArgument> Inputs => AllArguments.Where(argument => argument.Mode is 'i' or 'b' or 'v');

    /// <summary>Whether it gives rows whose columns it does not name.</summary>
    public bool GivesRecord => (Outputs.Any() ? Outputs.Select(output => output.Type) : [ReturnType]).Any(type => type is SystemTypes.Record or SystemTypes.RecordArray);

    /// <summary>The columns of its result, where it has output arguments.</summary>
    public IEnumerable<FunctionArgument> Outputs => AllArguments.Where(argument => argument.Mode is 'o' or 'b' or 't');
}
