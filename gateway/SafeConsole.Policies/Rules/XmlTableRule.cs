using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`xml.path`: the paths of XMLTABLE, of its rows and of its columns, must be plain.</summary>
internal sealed class XmlTableRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["RangeTableFunc", "RangeTableFuncCol"];

    public void Examine(SqlNode node, Examination examination)
    {
        string field = node.Type == "RangeTableFunc" ? "rowexpr" : "colexpr";
        if (node.Has(field) && !XmlPath.IsPlain(node.Child(field)))
        {
            examination.Deny(
                "xml.path", "XMLTABLE evaluates an XPath, which the statement timeout cannot stop; only a constant path of plain steps passes.",
                "Write a path such as '/a/b' or '//b', and filter in SQL.", node);
        }
    }
}
