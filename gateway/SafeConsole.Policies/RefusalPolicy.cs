namespace SafeConsole.Policies;

/// <summary>The SRE's own words for a refusal: what to do instead, and where to read on. Either may be absent.</summary>
public sealed record RefusalPolicy(string? Text, Uri? Link);
