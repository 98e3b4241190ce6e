namespace SafeConsole.Gateway.Review;

/// <summary>
/// What a reviewer looks for. User is a subject or a part of a name; from is inclusive and to exclusive, both by the session's start; state is
/// `running` or `ended`; before is the `next` of the page before; limit is 1 to 200, 50 unless given.
/// </summary>
public sealed record ReviewFilter(
    string? User, string? Target, DateTimeOffset? From, DateTimeOffset? To, bool? DeniedOnly, string? State, string? Before, int? Limit);
