using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeConsole.Policies.Settings;

/// <summary>A time limit that may be lowered but never raised or switched off: asking for more sets the policy's own.</summary>
internal sealed partial class TimeLimitSetting(string name, Func<LimitPolicy, TimeSpan> limit) : Setting(name)
{
    public override SettingAnswer Set(IReadOnlyList<string> values, LimitPolicy limits)
    {
        if (values is not [var text] || Value().Match(text) is not { Success: true } match
            || !decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return NotUnderstood();
        }

        // Without a unit it is milliseconds. Less than one would be rounded to 0, which means no limit.
        decimal milliseconds = number * match.Groups["unit"].Value switch
        {
            "us" => 0.001m,
            "s" => 1_000m,
            "min" => 60_000m,
            "h" => 3_600_000m,
            "d" => 86_400_000m,
            _ => 1m,
        };
        long most = (long)limit(limits).TotalMilliseconds;
        return milliseconds >= 1 && milliseconds <= most
            ? SettingAnswer.Accept
            : SettingAnswer.Replace("setting.clamped", $"{most}ms", $"{Name} is {most} ms here and can only be lowered.");
    }

    public override SettingAnswer Reset(LimitPolicy limits) => BackToStart();

    // No leading zero but for 0 itself and fractions: PostgreSQL would read it as octal.
    [GeneratedRegex(@"^\s*(?<number>(0|[1-9][0-9]{0,9})(\.[0-9]{1,9})?)\s*(?<unit>us|ms|s|min|h|d)?\s*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Value();
}
