namespace SafeConsole.Transcripts.Events;

/// <summary>One check of a pin proof with the evidence the server gave. A waived check failed, but the policy says that it may.</summary>
public sealed record ReplicaCheck(string Name, bool Passed, bool Waived, string Evidence);
