namespace SafeConsole.Policies.Settings;

/// <summary>
/// search_path decides which function, operator and table a name means, so only schemas that cannot hide PostgreSQL's own names pass: the default ones, and
/// pg_catalog in the first place.
/// </summary>
internal sealed class SearchPathSetting() : Setting("search_path")
{
    private static readonly string[] Schemas = ["public", "$user", "pg_catalog", "information_schema", ""];

    public override SettingAnswer Set(IReadOnlyList<string> values, LimitPolicy limits)
    {
        bool known = values.Count > 0 && values.All(value => Schemas.Contains(value));
        bool builtInsFirst = !values.Skip(1).Contains("pg_catalog");
        return known && builtInsFirst
            ? SettingAnswer.Accept
            : SettingAnswer.Refuse("setting.value", "Another search_path could hide PostgreSQL's own functions and operators.", "Keep public, and write schema.table for the others.");
    }

    public override SettingAnswer SetText(string value, LimitPolicy limits)
    {
        string[] parts = value.Split(',', StringSplitOptions.TrimEntries);
        return Set([.. parts.Select(Identifier)], limits);
    }

    /// <summary>An element of a list in one text: quoted names as they are, others folded to lower case.</summary>
    private static string Identifier(string part) =>
        part.Length >= 2 && part[0] == '"' && part[^1] == '"' ? part[1..^1] : part.ToLowerInvariant();
}
