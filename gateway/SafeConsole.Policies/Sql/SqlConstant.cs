using System.Text.Json;

namespace SafeConsole.Policies.Sql;

/// <summary>Reads literals as the server reads them where it takes a setting's or an option's value.</summary>
internal static class SqlConstant
{
    /// <summary>
    /// The literal's text, or null for anything but a literal. `on`, `off` and bare words are strings in the tree. libpg_query leaves out a number
    /// that is not above 0, so "0" stands for any negative whole number too.
    /// </summary>
    public static string? Read(SqlNode node) => node.Type switch
    {
        "A_Const" => ReadConst(node),
        "String" => node.Text("sval") ?? "",
        "Integer" => node.Integer("ival").ToString(System.Globalization.CultureInfo.InvariantCulture),
        "Float" => node.Text("fval"),
        "Boolean" => node.Flag("boolval") ? "true" : "false",
        "TypeCast" when IsText(node) && node.Child("arg") is { } inner => Read(inner),
        _ => null,
    };

    /// <summary>Whether an option's value means true: absent, or what PostgreSQL's defGetBoolean accepts. What it would refuse counts as true.</summary>
    public static bool IsTrue(SqlNode? value) =>
        value is null || Read(value.Value)?.ToLowerInvariant() is not ("0" or "false" or "off");

    private static string? ReadConst(SqlNode node)
    {
        foreach (JsonProperty property in node.Fields.EnumerateObject())
        {
            var inner = new SqlNode("A_Const", property.Value);
            switch (property.Name)
            {
                case "sval": return inner.Text("sval") ?? "";
                case "ival": return inner.Integer("ival").ToString(System.Globalization.CultureInfo.InvariantCulture);
                case "fval": return inner.Text("fval");
                case "boolval": return inner.Flag("boolval") ? "true" : "false";
                default: continue;
            }
        }

        return null;
    }

    private static bool IsText(SqlNode cast) =>
        cast.Child("typeName", "TypeName") is { } type && type.Names("names") is ["text"] or ["pg_catalog", "text"];
}
