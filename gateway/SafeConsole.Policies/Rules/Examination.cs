using SafeConsole.Policies.Names;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>One text under judgement: what the rules have found so far.</summary>
internal sealed class Examination(PostgresText text, TargetPolicy policy)
{
    private Action<Examination>? meaning;

    private readonly List<TextEdit> edits = [];
    private readonly List<string> notices = [];

    /// <summary>The target's rules.</summary>
    public TargetPolicy Policy { get; } = policy;

    /// <summary>The text and its tree.</summary>
    public PostgresText Text { get; } = text;

    /// <summary>The RawStmt that is being walked.</summary>
    public SqlNode Statement { get; private set; }

    /// <summary>What stands in that RawStmt.</summary>
    public SqlNode Root { get; private set; }

    /// <summary>The first denial; null while there is none.</summary>
    public Denial? Denial { get; private set; }

    /// <summary>The rule and the sentence of the last change of meaning; null while there is none.</summary>
    public (string Rule, string Reason)? Flag { get; private set; }

    /// <summary>The present statement's text, as submitted.</summary>
    public string StatementText => Text.Slice((int)Statement.Integer("stmt_location"), StatementLength);

    private int StatementLength => (int)Statement.Integer("stmt_len") is > 0 and var length ? length : Text.Utf8.Length - (int)Statement.Integer("stmt_location");

    /// <summary>Statements to be replaced, in the order of the text.</summary>
    public IReadOnlyList<TextEdit> Edits => edits;

    /// <summary>What the client is to be told.</summary>
    public IReadOnlyList<string> Notices => notices;

    /// <summary>The session whose names are judged by their meaning; null where names are judged as such.</summary>
    public NamesInForce? Session { get; init; }

    /// <summary>The rules that SQL given as text to a function is shown to.</summary>
    public TreeWalker Walker { get; init; } = RuleSet.Walker;

    /// <summary>Whether this is SQL that stands as text within another statement.</summary>
    public bool IsText { get; private init; }

    /// <summary>What the present statement makes of search_path; null where it leaves it alone.</summary>
    public PathChange? Path { get; set; }

    /// <summary>Whether the present statement runs SQL that stands in it as text.</summary>
    public bool RunsText { get; set; }

    /// <summary>Whether the present statement is an EXPLAIN without ANALYZE: what stands in it is planned, and not done.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>How many nodes of each counted kind the present statement has.</summary>
    public Dictionary<string, int> Counts { get; } = [];

    /// <summary>How often each parameter stands in the present statement.</summary>
    public Dictionary<long, int> Parameters { get; } = [];

    /// <summary>Calls of sleeping functions so far, in the whole text.</summary>
    public int Sleeps { get; set; }

    /// <summary>Where calls stand that run only outside of recovery, as byte offsets in the present statement.</summary>
    public HashSet<int> OutsideRecovery { get; } = [];

    /// <summary>Where CASE expressions stand that were searched already as part of an outer one.</summary>
    public HashSet<int> SearchedCases { get; } = [];

    /// <summary>Whether the present statement reads a catalog with a secret column.</summary>
    public bool ReadsSecretCatalog { get; set; }

    /// <summary>Begins the next statement of the text.</summary>
    public void Enter(SqlNode statement, SqlNode root)
    {
        Statement = statement;
        Root = root;
        OutsideRecovery.Clear();
        SearchedCases.Clear();
        ReadsSecretCatalog = false;
        Path = null;
        RunsText = false;
        IsPlanned = false;
        Counts.Clear();
        Parameters.Clear();
    }

    /// <summary>An examination of SQL that stands as text within this one. A call that sleeps is one too many there.</summary>
    public Examination Within(PostgresText inner) => new(inner, Policy) { Session = Session, Walker = Walker, meaning = meaning, Sleeps = 1, IsText = true };

    /// <summary>Says how names are judged in SQL that stands as text within this one.</summary>
    public void JudgeTextsBy(Action<Examination> judge) => meaning = judge;

    /// <summary>Judges the names in such SQL, as far as this examination does.</summary>
    public void JudgeMeaning(Examination inner) => meaning?.Invoke(inner);

    /// <summary>Denies the text for a reason found elsewhere; its place is kept.</summary>
    public void Deny(Denial denial) => Denial ??= denial with { ByteOffset = denial.ByteOffset ?? StatementStart() };

    /// <summary>Denies the text. Only the first call counts. Without a node the statement's own start is its place.</summary>
    public void Deny(string rule, string reason, string hint, SqlNode? at = null, string sqlState = SqlStates.NotAllowed)
    {
        Denial ??= new Denial(rule, reason, hint, sqlState, at?.Location ?? StatementStart());
    }

    /// <summary>Passes the statement on, and marks it for the reviewer.</summary>
    public void Mark(string rule, string reason) => Flag = (rule, reason);

    /// <summary>Sends something else in the statement's place, tells the client so, and marks it for the reviewer.</summary>
    public void Replace(string rule, string replacement, string notice)
    {
        int start = (int)Statement.Integer("stmt_location");
        edits.Add(new TextEdit(start, StatementLength, replacement));
        if (!notices.Contains(notice))
        {
            notices.Add(notice);
        }

        Mark(rule, notice);
    }

    private int StatementStart()
    {
        int start = (int)Statement.Integer("stmt_location");
        ReadOnlySpan<byte> bytes = Text.Utf8.Span;
        while (start < bytes.Length && bytes[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f')
        {
            start++;
        }

        return start;
    }
}
