namespace SafeConsole.Policies.Loading;

/// <summary>A policy file as it was read: its path relative to the policy folder, with forward slashes, and its text.</summary>
internal sealed record PolicyFile(string Path, string Text);
