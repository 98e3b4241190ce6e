namespace SafeConsole.Gateway.Console;

/// <summary>Transcript lines, each ended by a newline; the number to follow from next; and whether the session still lives.</summary>
public sealed record FollowBatch(long Next, byte[] Lines, bool Live);
