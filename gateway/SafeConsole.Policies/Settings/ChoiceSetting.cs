namespace SafeConsole.Policies.Settings;

/// <summary>A setting with some values that are harmless; any other is refused.</summary>
internal sealed class ChoiceSetting(string name, params string[] choices) : Setting(name)
{
    public override SettingAnswer Set(IReadOnlyList<string> values, LimitPolicy limits) =>
        values is [var given] && choices.Contains(given.ToLowerInvariant())
            ? SettingAnswer.Accept
            : SettingAnswer.Refuse("setting.value", $"That value for {Name} is not allowed here.", $"Allowed are {string.Join(", ", choices)}.");
}
