using SafeConsole.Policies;

namespace SafeConsole.Proxy;

/// <summary>
/// A statement as it arrived: its number within the session (from 1), `simple` or `extended`, its text, what names meant when it was judged (null where they are judged as
/// such), and the types that a Parse message gave its parameters.
/// </summary>
internal sealed record StatementOrigin(int Number, string Protocol, string Sql, SessionNames? Names, IReadOnlyList<uint>? ParameterTypes)
{
    /// <summary>Whether the verdict on it would be the same now as when it was judged, as far as it does not depend on the texts behind names.</summary>
    public bool IsJudgedLikeUnder(SessionNames? now) => Names is null ? now is null : now is not null && Names.JudgesLike(now);
}
