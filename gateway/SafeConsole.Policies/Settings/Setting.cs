namespace SafeConsole.Policies.Settings;

/// <summary>A setting that a session may change, within what its kind allows.</summary>
internal abstract class Setting(string name)
{
    /// <summary>The setting's name as PostgreSQL spells it, lower case.</summary>
    public string Name { get; } = name;

    /// <summary>Judges SET name TO value, … .</summary>
    public abstract SettingAnswer Set(IReadOnlyList<string> values, LimitPolicy limits);

    /// <summary>Judges set_config(name, value, …), where a list is one text.</summary>
    public virtual SettingAnswer SetText(string value, LimitPolicy limits) => Set([value], limits);

    /// <summary>Judges RESET name and SET name TO DEFAULT, which go back to what the gateway gave when it connected.</summary>
    public virtual SettingAnswer Reset(LimitPolicy limits) => SettingAnswer.Accept;

    /// <summary>A limit that was lowered is raised again, as far as the policy lets it be.</summary>
    protected SettingAnswer BackToStart() => SettingAnswer.Mark("setting.reset", $"{Name} is back at what the gateway gave.");

    /// <summary>The refusal of a value that is not a literal or not understood.</summary>
    protected SettingAnswer NotUnderstood() => SettingAnswer.Refuse("setting.value", $"The value for {Name} is not understood.", "Give one plain value.");
}
