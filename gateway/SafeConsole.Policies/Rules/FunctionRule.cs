using SafeConsole.Policies.Functions;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `function.not-allowed`, `function.unknown`: a call passes if every function of that name is on the reviewed list. Names come from the tree, so quoting and
/// escapes do not matter. Functions of the application are not known here and are refused.
/// </summary>
internal sealed class FunctionRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["FuncCall"];

    public void Examine(SqlNode node, Examination examination)
    {
        IReadOnlyList<string> names = node.Names("funcname");
        string shown = string.Join('.', names);
        FunctionEntry? entry = Find(names);
        if (entry is null)
        {
            examination.Deny("function.unknown", $"{shown}() is not on the list of functions that are known to be harmless.", "Use a built-in function, or ask the target's owner.", node);
        }
        else if (!entry.Allowed && !HarmlessForms.Contains(entry.Name, node) && !(node.Location is { } location && examination.OutsideRecovery.Contains(location)))
        {
            examination.Deny("function.not-allowed", $"{shown}() {entry.Effect}.", "Only functions that read or compute are passed on.", node, entry.SqlState);
        }
    }

    private static FunctionEntry? Find(IReadOnlyList<string> names) => names switch
    {
        [var name] => FunctionCatalogue.Find(name),
        ["pg_catalog", var name] when FunctionCatalogue.Find(name) is { IsCore: true } entry => entry,
        ["information_schema", var name] when FunctionCatalogue.Find(name) is { IsInformationSchema: true } entry => entry,
        ["public", var name] when FunctionCatalogue.Find(name) is { IsExtension: true } entry => entry,
        _ => null,
    };
}
