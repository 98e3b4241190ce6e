namespace SafeConsole.Policies.Rules;

/// <summary>All rules of the gate for PostgreSQL.</summary>
internal static class RuleSet
{
    /// <summary>The walker with every rule; safe for any number of threads.</summary>
    public static TreeWalker Walker { get; } = new(
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
        new FunctionRule(),
        new SleepRule(),
        new XmlTableRule(),
        new OperatorRule(),
        new TypeRule(),
        new TableSampleRule(),
        new RelationRule(),
        new SecretColumnRule(),
    ]);
}
