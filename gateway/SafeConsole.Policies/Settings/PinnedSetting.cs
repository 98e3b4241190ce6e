namespace SafeConsole.Policies.Settings;

/// <summary>
/// A setting that keeps the value the gateway gave it, because the text that was judged must be the text that runs, or the session must stay read-only.
/// The spellings of that value pass; going back to the default sets it again.
/// </summary>
internal sealed class PinnedSetting(string name, string value, params string[] spellings) : Setting(name)
{
    public override SettingAnswer Set(IReadOnlyList<string> values, LimitPolicy limits) =>
        values is [var given] && spellings.Contains(given.ToLowerInvariant())
            ? SettingAnswer.Accept
            : SettingAnswer.Refuse("setting.pinned", $"{Name} stays {value} here.", "Leave it as it is.");

    public override SettingAnswer Reset(LimitPolicy limits) => SettingAnswer.Replace("setting.pinned", value, $"{Name} stays {value} here.");
}
