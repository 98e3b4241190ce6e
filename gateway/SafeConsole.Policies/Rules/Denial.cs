namespace SafeConsole.Policies.Rules;

/// <summary>Why a text is denied. The offset is in bytes of its UTF-8 form; null where the whole statement is meant.</summary>
internal sealed record Denial(string Rule, string Reason, string Hint, string SqlState, int? ByteOffset);
