using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeConsole.Policies.Settings;

/// <summary>A setting that takes memory or workers and may be set up to a fixed number; asking for more sets that. In the unit that PostgreSQL assumes (kB for memory).</summary>
internal sealed partial class NumberLimitSetting(string name, long most) : Setting(name)
{
    public override SettingAnswer Set(IReadOnlyList<string> values, LimitPolicy limits)
    {
        if (values is not [var text] || Value().Match(text) is not { Success: true } match
            || !long.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return NotUnderstood();
        }

        long amount = number * match.Groups["unit"].Value switch
        {
            "MB" => 1024L,
            "GB" => 1024L * 1024,
            _ => 1L,
        };
        return amount <= most
            ? SettingAnswer.Accept
            : SettingAnswer.Replace("setting.clamped", most.ToString(CultureInfo.InvariantCulture), $"{Name} is at most {most} here.");
    }

    public override SettingAnswer Reset(LimitPolicy limits) => BackToStart();

    [GeneratedRegex(@"^\s*(?<number>0|[1-9][0-9]{0,9})\s*(?<unit>kB|MB|GB)?\s*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Value();
}
