namespace SafeConsole.Gateway.Review;

/// <summary>A page of sessions, newest first; next is the `before` of the following page, null on the last.</summary>
public sealed record ReviewPage(IReadOnlyList<ReviewItem> Items, string? Next);
