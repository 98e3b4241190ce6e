using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>Texts that are judged one after the other in one session, as if the server did all that they say.</summary>
internal sealed class SessionScript(StatementJudge judge, DatabaseCatalog catalog, string? searchPath = null)
{
    private SessionNames session = new(catalog, searchPath);

    /// <summary>Judges one text; an approved one counts as run, or as answered by an error.</summary>
    public Verdict Send(string sql, TargetPolicy? policy = null, IReadOnlyList<uint>? parameterTypes = null, bool fails = false)
    {
        Judgement judgement = judge.Judge(policy ?? TestPolicies.Recipes, sql, "simple", session, parameterTypes);
        session = judgement.Approved is { } approved ? session.Sent(approved) : session;
        session = fails ? session.Failed() : session;
        session = session.InTransaction ? session : session.Settled();
        return judgement.Verdict;
    }

    /// <summary>The verdicts of all texts.</summary>
    public Verdict[] Send(IEnumerable<string> texts) => [.. texts.Select(text => Send(text))];
}
