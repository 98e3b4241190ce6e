namespace SafeConsole.Policies;

/// <summary>
/// Judges texts one after the other as a session would send them, without a server: what is approved counts as done, so search_path, prepared statements and cursors are
/// carried from text to text. For testing policies. Not safe for more than one thread.
/// </summary>
public sealed class StatementRehearsal(StatementJudge judge, TargetPolicy policy, SessionNames? names)
{
    /// <summary>What names mean now; null where there is no catalog and names are judged as such.</summary>
    public SessionNames? Names { get; private set; } = names;

    /// <summary>Judges the next text. Where it is said to fail, the server is taken to have answered with an error.</summary>
    public Judgement Send(string sql, IReadOnlyList<uint>? parameterTypes = null, bool fails = false)
    {
        Judgement judgement = judge.Judge(policy, sql, "simple", Names, parameterTypes);
        if (Names is { } before && judgement.Approved is { } approved)
        {
            SessionNames after = before.Sent(approved);
            after = fails ? after.Failed() : after;
            Names = after.InTransaction ? after : after.Settled();
        }

        return judgement;
    }
}
