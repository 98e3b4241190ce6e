using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Rules;

namespace SafeConsole.Policies.Harms;

/// <summary>What one object uses directly, or the harm that it has itself.</summary>
internal sealed class Uses
{
    private readonly HashSet<DatabaseObject> objects = [];

    /// <summary>The catalog that the oids are of; null where there is none.</summary>
    public DatabaseCatalog? Catalog { get; init; }

    /// <summary>In which ways values of types that cannot be told are used: any type of what is read may be meant.</summary>
    public HashSet<ObjectKind> Unknown { get; } = [];

    /// <summary>Whether a body reads a relation whose columns hold arrays of any type.</summary>
    public bool ReadsSamples { get; set; }

    /// <summary>Queries that are run as text, each with the path by which it finds names.</summary>
    public List<(string Sql, SearchPath Path)> Texts { get; } = [];

    /// <summary>Functions that are called as they expect; null for none.</summary>
    public Func<uint, bool>? Trusts { get; set; }

    /// <summary>The first harm found; null while there is none.</summary>
    public Harm? Harm { get; private set; }

    /// <summary>What is used.</summary>
    public IReadOnlyCollection<DatabaseObject> Objects => objects;

    /// <summary>Notes a use; 0 is no object.</summary>
    public void Add(ObjectKind kind, uint oid, SearchPath path)
    {
        if (oid != 0 && !(kind == ObjectKind.Function && Trusts?.Invoke(oid) == true))
        {
            objects.Add(new DatabaseObject(kind, oid, path));
        }
    }

    /// <summary>Notes several uses.</summary>
    public void Add(ObjectKind kind, IEnumerable<uint> oids, SearchPath path)
    {
        foreach (uint oid in oids)
        {
            Add(kind, oid, path);
        }
    }

    /// <summary>Notes a harm; the first counts.</summary>
    public void Blame(string rule, string what, string sqlState = SqlStates.NotAllowed) => Harm ??= new Harm(rule, what) { SqlState = sqlState };
}
