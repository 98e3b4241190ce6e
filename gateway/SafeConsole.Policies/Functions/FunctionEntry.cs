using SafeConsole.Policies.Rules;

namespace SafeConsole.Policies.Functions;

/// <summary>A line of functions.tsv: a function's name, whether all functions of that name are harmless, where they come from, and what the harmful ones do.</summary>
internal sealed record FunctionEntry(string Name, bool Allowed, IReadOnlyList<string> Origins, string Kind)
{
    /// <summary>Whether pg_catalog has a function of the name.</summary>
    public bool IsCore => Origins.Contains("pg_catalog") || Origins.Contains("other");

    /// <summary>Whether information_schema has one.</summary>
    public bool IsInformationSchema => Origins.Contains("information_schema");

    /// <summary>Whether an extension has one.</summary>
    public bool IsExtension => Origins.Any(origin => origin is not ("pg_catalog" or "information_schema"));

    /// <summary>Whether it ends the server where it is given what it does not expect. Who made a view or an extension's function knows what that is; of a statement it must be seen.</summary>
    public bool IsFragile => Kind == "fragile";

    /// <summary>The SQLSTATE of a refusal: that of a read-only transaction where the server itself gives it.</summary>
    public string SqlState => Kind == "sequence" ? SqlStates.ReadOnly : SqlStates.NotAllowed;

    /// <summary>What the function does, as the end of a sentence.</summary>
    public string Effect => Kind switch
    {
        "lock" => "takes or frees locks that the application uses",
        "signal" => "acts on the server or on other sessions",
        "file" => "reaches files of the database server",
        "large-object" => "opens or changes large objects",
        "sequence" => "moves a sequence",
        "statistics" => "resets statistics",
        "replication" => "changes replication",
        "sql-text" => "runs SQL that is given as text, or reads whole tables unseen",
        "notify" => "sends a notification",
        "transaction-id" => "takes a transaction id or exports a snapshot",
        "setting" => "changes a setting",
        "xml-path" => "evaluates an XPath, which the statement timeout cannot stop; only a constant path of plain steps passes",
        "fragile" => "ends the server where its arguments are not as its C code expects",
        "page" => "reads or repairs raw pages",
        _ => "has effects beyond reading",
    };
}
