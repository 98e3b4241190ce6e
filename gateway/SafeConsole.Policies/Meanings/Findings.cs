using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Rules;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>What a statement was found to use, each with its place as a byte offset, and what in it could not be understood.</summary>
internal sealed class Findings(SearchPath path)
{
    private readonly Dictionary<DatabaseObject, int?> objects = [];

    /// <summary>What is used.</summary>
    public IReadOnlyCollection<KeyValuePair<DatabaseObject, int?>> Objects => objects;

    /// <summary>The first thing that could not be understood; null while there is none.</summary>
    public Denial? Denial { get; private set; }

    /// <summary>In which ways values of types that could not be told are used: of any type that the relations read have columns of.</summary>
    public HashSet<ObjectKind> Unknown { get; } = [];

    /// <summary>Notes a use; 0 is no object.</summary>
    public void Add(ObjectKind kind, uint oid, int? at)
    {
        if (oid != 0)
        {
            objects.TryAdd(new DatabaseObject(kind, oid, path), at);
        }
    }

    /// <summary>Notes what denies the statement whatever else it holds; the first counts.</summary>
    public void Deny(string rule, string reason, string hint, SqlNode? at, string sqlState = SqlStates.NotAllowed) => Denial ??= new Denial(rule, reason, hint, sqlState, at?.Location);
}
