using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>Forms of calls that are harmless, or judged by a rule of their own, though the function is refused otherwise.</summary>
internal static class HarmlessForms
{
    /// <summary>Whether the call of a function of that name has such a form.</summary>
    public static bool Contains(string name, SqlNode call) => name switch
    {
        // ts_rewrite(query, target, substitute) computes; the form with two arguments runs SQL text.
        "ts_rewrite" => (call.Children("args").Count() == 3 && !call.Flag("func_variadic")) || SqlTextRule.IsJudged(name, call),
        // the path comes first, in XMLEXISTS too
        "xpath" or "xpath_exists" or "xmlexists" => !call.Flag("func_variadic") && XmlPath.IsPlain(call.Children("args").Cast<SqlNode?>().FirstOrDefault()),
        // the functions of xml2 take the document first
        "xpath_bool" or "xpath_list" or "xpath_nodeset" or "xpath_number" or "xpath_string" => !call.Flag("func_variadic") && XmlPath.IsPlain(call.Children("args").Cast<SqlNode?>().ElementAtOrDefault(1)),
        // judged by the settings it names
        "set_config" => true,
        _ => SqlTextRule.IsJudged(name, call),
    };
}
