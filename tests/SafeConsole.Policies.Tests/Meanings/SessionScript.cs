using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>Texts that are judged one after the other in one session.</summary>
internal sealed class SessionScript(StatementJudge judge, DatabaseCatalog catalog, string? searchPath = null, TargetPolicy? policy = null)
{
    private readonly StatementRehearsal rehearsal = new(judge, policy ?? TestPolicies.Recipes, new SessionNames(catalog, searchPath));

    public Verdict Send(string sql, IReadOnlyList<uint>? parameterTypes = null, bool fails = false) => rehearsal.Send(sql, parameterTypes, fails).Verdict;

    public Verdict[] Send(IEnumerable<string> texts) => [.. texts.Select(text => Send(text))];
}
