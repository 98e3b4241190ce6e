using SafeConsole.Policies.Names;
using SafeConsole.Policies.Settings;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`setting.function`: set_config() is judged like SET if the name and the value are literals, and refused otherwise: they could come from anywhere.</summary>
internal sealed class SetConfigRule : INodeRule
{
    private const string Rule = "setting.function";

    public IReadOnlyList<string> NodeTypes { get; } = ["FuncCall"];

    public void Examine(SqlNode node, Examination examination)
    {
        // The database's name may stand before the schema's.
        if (node.Names("funcname") is not (["set_config"] or [.., "pg_catalog", "set_config"]))
        {
            return;
        }

        SqlNode[] arguments = [.. node.Children("args")];
        string? name = arguments.Length == 3 && !node.Flag("func_variadic") ? SqlConstant.Read(arguments[0]) : null;
        string? value = name is null ? null : SqlConstant.Read(arguments[1]);
        if (name is null || value is null || arguments.Any(argument => argument.Type == "NamedArgExpr"))
        {
            examination.Deny(Rule, "set_config() is passed on only with a literal name and value.", SettingCatalogue.Hint, node);
            return;
        }

        if (SettingCatalogue.Find(name) is not { } setting)
        {
            examination.Deny("setting.not-allowed", $"The setting {name} may not be changed here.", SettingCatalogue.Hint, node);
            return;
        }

        if (setting is SearchPathSetting && examination.Session is not null)
        {
            string? local = SqlConstant.Read(arguments[2]);
            bool whole = IsOwn(node, examination.Session) && IsWholeStatement(examination.Root, node) && local is "true" or "false";
            SearchPathRule.Judge(value, local == "true", whole, node, examination);
            return;
        }

        SettingAnswer answer = setting.SetText(value, examination.Policy.Limits);
        if (answer.Refusal is not null || answer.Replacement is not null)
        {
            examination.Deny(answer.Rule, answer.Refusal ?? answer.Notice!, answer.Hint ?? SettingCatalogue.Hint, node);
        }
    }

    /// <summary>Whether the name can mean no other function than PostgreSQL's.</summary>
    private static bool IsOwn(SqlNode call, NamesInForce session) => session.Paths.Now.All(text => session.Catalog.PathOf(text) is { } path
        && new NameLookup(session.Catalog, path).Functions(call.Names("funcname")).All(found => found.Function.IsSystem));

    /// <summary>SELECT set_config(…) and nothing else, which is certain to be reached.</summary>
    private static bool IsWholeStatement(SqlNode root, SqlNode call) =>
        root.Type == "SelectStmt"
        && root.Fields.EnumerateObject().All(field => field.Name is "targetList" or "limitOption" or "op")
        && root.Children("targetList").ToArray() is [var only] && only.Child("val") is { Type: "FuncCall" } target && target.Location == call.Location;
}
