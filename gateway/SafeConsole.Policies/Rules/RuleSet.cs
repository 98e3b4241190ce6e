namespace SafeConsole.Policies.Rules;

/// <summary>All rules of the gate for PostgreSQL.</summary>
internal static class RuleSet
{
    private static readonly INodeRule[] Everywhere =
    [
        new StatementKindRule(),
        new NestedStatementRule(),
        new SelectRule(),
        new ExplainRule(),
        new CopyRule(),
        new CursorRule(),
        new DiscardRule(),
        new TransactionRule(),
        new SettingRule(),
        new SetConfigRule(),
        new RecoveryGuardRule(),
        new SqlTextRule(),
        new SleepRule(),
        new XmlTableRule(),
        new TableSampleRule(),
        new RelationRule(),
        new SecretColumnRule(),
    ];

    /// <summary>The walker for statements whose names are judged as such; safe for any number of threads, as the others are.</summary>
    public static TreeWalker Walker { get; } = new([.. Everywhere, new FunctionRule(), new OperatorRule(), new TypeRule()]);

    /// <summary>The walker for statements whose names are judged by what they mean, after it.</summary>
    public static TreeWalker MeaningWalker { get; } = new([.. Everywhere, new CountRule()]);

    /// <summary>The walker for queries in the bodies of functions.</summary>
    public static TreeWalker BodyWalker { get; } = new(
    [
        new ExplainRule(), new NestedStatementRule(), new SelectRule(), new RecoveryGuardRule(), new SqlTextRule(), new BodyCallRule(), new XmlTableRule(), new TableSampleRule(), new RelationRule(), new SecretColumnRule(), new CountRule(),
    ]);
}
