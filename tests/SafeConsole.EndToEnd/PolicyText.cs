using System.Text.RegularExpressions;

namespace SafeConsole.EndToEnd;

/// <summary>Edits of a policy file's text, as an SRE would make them.</summary>
internal static class PolicyText
{
    /// <summary>The text with one limit set, whether it stood there or not.</summary>
    public static string WithLimit(this string policy, string name, string value)
    {
        var line = new Regex($@"^  {name}:.*$", RegexOptions.Multiline);
        if (line.IsMatch(policy))
        {
            return line.Replace(policy, $"  {name}: {value}");
        }
        return Regex.IsMatch(policy, "^limits:", RegexOptions.Multiline)
            ? Regex.Replace(policy, "^limits:.*$", $"limits:\n  {name}: {value}", RegexOptions.Multiline)
            : $"{policy}\nlimits:\n  {name}: {value}\n";
    }
}
