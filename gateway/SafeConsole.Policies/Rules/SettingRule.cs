using SafeConsole.Policies.Names;
using SafeConsole.Policies.Settings;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `setting.not-allowed`, `setting.value`, `setting.pinned`, `setting.clamped`, `setting.reset`: SET and RESET pass for known settings with harmless values. Limits can only be
/// lowered; asking for more sets the policy's own limit. What changes how text is read is pinned.
/// </summary>
internal sealed class SettingRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["VariableSetStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        switch (node.Text("kind"))
        {
            case "VAR_SET_MULTI":
                return;
            case "VAR_RESET_ALL":
                examination.Mark("setting.reset", "Every setting is back at what the gateway gave.");
                examination.Path = new PathChange(null, false, true);
                return;
            case "VAR_SET_VALUE":
                Judge(node, Values(node), examination);
                break;
            case "VAR_SET_DEFAULT" or "VAR_RESET":
                Judge(node, null, examination);
                break;
            default:
                examination.Deny("setting.not-allowed", "This form of SET is not allowed.", SettingCatalogue.Hint);
                break;
        }
    }

    private static void Judge(SqlNode node, IReadOnlyList<string>? values, Examination examination)
    {
        string name = node.Text("name") ?? "";
        bool none = values is null || (values is [var only] && name.Equals("role", StringComparison.OrdinalIgnoreCase) && only == "none");
        if (none && name.ToLowerInvariant() is "session_authorization" or "role")
        {
            // Neither can have been changed, so there is nothing to reset; hand-written pool resets send it.
            examination.Mark("setting.role-reset", $"{name} was reset to what it already is.");
            return;
        }

        if (SettingCatalogue.Find(name) is not { } setting)
        {
            examination.Deny("setting.not-allowed", $"The setting {name} may not be changed here.", SettingCatalogue.Hint);
            return;
        }

        if (setting is SearchPathSetting && examination.Session is not null)
        {
            JudgePath(node, values, examination);
            return;
        }

        SettingAnswer answer = values is null ? setting.Reset(examination.Policy.Limits) : setting.Set(values, examination.Policy.Limits);
        SqlNode? at = node.Children("args").Cast<SqlNode?>().FirstOrDefault();
        if (answer.Refusal is { } refusal)
        {
            examination.Deny(answer.Rule, refusal, answer.Hint ?? SettingCatalogue.Hint, at);
        }
        else if (answer.Replacement is { } value)
        {
            string scope = node.Flag("is_local") ? "LOCAL " : "";
            examination.Replace(answer.Rule, $"SET {scope}{setting.Name} TO '{value}'", answer.Notice!);
        }
        else if (answer.Notice is { } notice)
        {
            examination.Mark(answer.Rule, notice);
        }
    }

    private static void JudgePath(SqlNode node, IReadOnlyList<string>? values, Examination examination)
    {
        if (values is { Count: 0 })
        {
            examination.Deny("setting.value", "The value for search_path is not understood.", SettingCatalogue.Hint);
        }
        else
        {
            SearchPathRule.Judge(values is null ? null : SearchPathText.Join(values), node.Flag("is_local"), isCertain: true, node, examination);
        }
    }

    /// <summary>The values as text; what is not a literal becomes an empty list, which no setting accepts, but for SET TIME ZONE INTERVAL.</summary>
    private static List<string> Values(SqlNode node)
    {
        List<string> values = [];
        foreach (SqlNode argument in node.Children("args"))
        {
            string? value = argument.Type == "TypeCast" && node.Text("name") == "timezone" ? "interval" : SqlConstant.Read(argument);
            if (value is null)
            {
                return [];
            }

            values.Add(value);
        }

        return values;
    }
}
