namespace SafeConsole.Transcripts.Events;

/// <summary>Who acted. The key is issuer and subject; the name is for people to read and proves nothing.</summary>
public sealed record Person(string Issuer, string Subject, string Name);
