namespace SafeConsole.Policies;

/// <summary>A verdict and, unless it is a denial, the statement that may be sent.</summary>
public sealed class Judgement
{
    internal Judgement(Verdict verdict, ApprovedStatement? approved)
    {
        Verdict = verdict;
        Approved = approved;
    }

    /// <summary>The decision, for the record and for the client.</summary>
    public Verdict Verdict { get; }

    /// <summary>Present exactly when the outcome is not <see cref="VerdictOutcome.Denied"/>.</summary>
    public ApprovedStatement? Approved { get; }

    /// <summary>Whether it holds for every text of the same form.</summary>
    internal bool HoldsForForm { get; init; }

    /// <summary>The same about another text of the form.</summary>
    internal Judgement For(string sql) => new(Verdict, new ApprovedStatement(sql, Approved!.Parts, Approved.Notices));
}
