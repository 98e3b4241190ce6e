using System.Buffers;

namespace SafeConsole.Transcripts.Storage;

/// <summary>A session's id becomes a file name, so it is a lower-case UUID in its 36 character form and nothing else.</summary>
internal static class SessionId
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789abcdef-");

    public static bool IsValid(string? session) =>
        session is { Length: 36 } && !session.AsSpan().ContainsAnyExcept(Allowed) && Guid.TryParseExact(session, "D", out _);
}
