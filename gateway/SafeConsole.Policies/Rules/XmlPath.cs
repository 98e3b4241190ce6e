using System.Text.RegularExpressions;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// Which XPaths end soon by themselves: PostgreSQL hands them to libxml2, which looks at no timeout and no cancel. A constant path of plain
/// steps, without predicates, calls, unions or other axes, and with `//` at most once, looks at each node of the document about once.
/// </summary>
internal static partial class XmlPath
{
    /// <summary>Whether the expression is the text of such a path.</summary>
    public static bool IsPlain(SqlNode? expression) =>
        expression is { } node && SqlConstant.Read(node) is { } path && Plain().IsMatch(path)
        && path.IndexOf("//", StringComparison.Ordinal) == path.LastIndexOf("//", StringComparison.Ordinal);

    [GeneratedRegex(@"\A/{0,2}(@?[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?|\*|\.|text\(\))(//?(@?[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?|\*|\.|text\(\)))*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();
}
