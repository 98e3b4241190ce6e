namespace SafeConsole.Policies.Settings;

/// <summary>A setting whose every value is harmless: how results look, or how queries are planned.</summary>
internal sealed class FreeSetting(string name) : Setting(name)
{
    private const int LongestValue = 256;

    public override SettingAnswer Set(IReadOnlyList<string> values, LimitPolicy limits) =>
        values.Count > 0 && values.All(value => value.Length <= LongestValue) ? SettingAnswer.Accept : NotUnderstood();
}
