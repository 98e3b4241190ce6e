using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Meanings;

/// <summary>The columns that every table has without declaring them. Views, sub-selects and functions have none: `view.ctid` calls a function.</summary>
internal static class SystemColumns
{
    /// <summary>The type of the system column of that name; null for any other name.</summary>
    public static StaticType? Of(string name) => name switch
    {
        "ctid" => new StaticType(SystemTypes.Tid),
        "xmin" or "xmax" => new StaticType(SystemTypes.Xid),
        "cmin" or "cmax" => new StaticType(SystemTypes.Cid),
        "tableoid" => new StaticType(SystemTypes.Oid),
        _ => null,
    };
}
