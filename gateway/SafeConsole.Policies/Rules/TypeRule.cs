using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`type.not-allowed`: a type of another schema may be a domain whose check runs any function. Unqualified names and pg_catalog's pass.</summary>
internal sealed class TypeRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["TypeName"];

    public void Examine(SqlNode node, Examination examination)
    {
        IReadOnlyList<string> names = node.Names("names");
        if (names is [_] or ["pg_catalog" or "information_schema" or "public", _])
        {
            return;
        }

        examination.Deny("type.not-allowed", $"The type {string.Join('.', names)} is not one of PostgreSQL's own; making a value of it may run code.", "Cast to text or another built-in type.", node);
    }
}
