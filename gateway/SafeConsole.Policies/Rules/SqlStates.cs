namespace SafeConsole.Policies.Rules;

/// <summary>The SQLSTATEs of denials (PostgreSQL documentation, appendix A).</summary>
internal static class SqlStates
{
    /// <summary>insufficient_privilege: what is asked for is not allowed here.</summary>
    public const string NotAllowed = "42501";

    /// <summary>read_only_sql_transaction: what PostgreSQL itself answers to a write in a read-only transaction.</summary>
    public const string ReadOnly = "25006";

    /// <summary>invalid_parameter_value: a setting's value that cannot be understood.</summary>
    public const string InvalidValue = "22023";
}
