using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`sample.not-allowed`: TABLESAMPLE names a function; PostgreSQL's methods and those of its two extensions pass.</summary>
internal sealed class TableSampleRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["RangeTableSample"];

    public void Examine(SqlNode node, Examination examination)
    {
        IReadOnlyList<string> names = node.Names("method");
        if (names is not (["bernoulli" or "system" or "system_rows" or "system_time"] or ["pg_catalog", "bernoulli" or "system"]))
        {
            examination.Deny("sample.not-allowed", $"{string.Join('.', names)} is not a known sampling method.", "Use BERNOULLI or SYSTEM.", node);
        }
    }
}
