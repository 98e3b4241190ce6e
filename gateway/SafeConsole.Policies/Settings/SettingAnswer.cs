namespace SafeConsole.Policies.Settings;

/// <summary>What becomes of a request to change a setting: it passes, marked or not, is refused with a sentence, or is sent with another value and a notice.</summary>
internal sealed record SettingAnswer(string Rule, string? Refusal, string? Hint, string? Replacement, string? Notice)
{
    /// <summary>The request passes as it is.</summary>
    public static SettingAnswer Accept { get; } = new("", null, null, null, null);

    /// <summary>The request is denied.</summary>
    public static SettingAnswer Refuse(string rule, string reason, string hint) => new(rule, reason, hint, null, null);

    /// <summary>The request passes as it is and is marked for the reviewer.</summary>
    public static SettingAnswer Mark(string rule, string notice) => new(rule, null, null, null, notice);

    /// <summary>Another value is sent. It stands in quotes and must not contain any.</summary>
    public static SettingAnswer Replace(string rule, string value, string notice) => new(rule, null, null, value, notice);
}
