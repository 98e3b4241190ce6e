namespace SafeConsole.Policies.Rules;

/// <summary>Replaces one whole statement of the text by its harmless equivalent. Offsets are in bytes of the UTF-8 form.</summary>
internal sealed record TextEdit(int Start, int Length, string Replacement);
