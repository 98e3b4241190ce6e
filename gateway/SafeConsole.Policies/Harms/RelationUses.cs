using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Catalogs.Trees;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Rules;

namespace SafeConsole.Policies.Harms;

/// <summary>What reading a relation runs: a view's query, row policies, partitions, what the planner simplifies, and the functions that show its columns.</summary>
internal sealed class RelationUses(DatabaseCatalog catalog)
{
    /// <summary>What a SELECT runs.</summary>
    public void Find(DatabaseRelation relation, SearchPath path, Uses uses)
    {
        if (relation.Kind == 'f')
        {
            uses.Blame("relation.foreign", "is a foreign table: reading it leaves this database");
            return;
        }

        if (relation.IsSystem && SecretRelations.Holds(relation.Name) is { } secret)
        {
            uses.Blame("relation.credentials", $"holds {secret}");
            return;
        }

        foreach (string tree in relation.Kind == 'v' ? relation.ViewTrees : [])
        {
            new StoredTreeScan(uses, path, "relation.view").Scan(tree);
        }

        foreach (string tree in relation.RowSecurity ? relation.ReadPolicies : [])
        {
            new StoredTreeScan(uses, path, "relation.row-policy").Scan(tree);
        }

        foreach (string tree in relation.ComputedTrees)
        {
            new StoredTreeScan(uses, path, "relation.computed-column").Scan(tree);
        }

        foreach (string tree in relation.PlannedTrees)
        {
            new StoredTreeScan(uses, path, "relation.planned-expression").ScanConstantParts(tree);
        }

        uses.Add(ObjectKind.Function, relation.ClassFunctions, path);
        uses.Add(ObjectKind.Function, FoundByValue.Of(catalog, relation), path);
        uses.Add(ObjectKind.Relation, relation.Children, path);
        // What is done with columns of any array, which PostgreSQL's own views have, is noted where it is done: they are shown without more.
        uses.Add(ObjectKind.StoredType, relation.Columns.Select(column => column.Type).Where(type => type != SystemTypes.AnyArray), path);
    }

    /// <summary>What planning an INSERT, UPDATE, DELETE or MERGE on it can run, without doing it.</summary>
    public void FindPlannedWrite(DatabaseRelation relation, SearchPath path, Uses uses)
    {
        if (relation.HasWriteRules || !(relation.Kind is 'r' or 'p' || (relation.Kind == 'v' && !relation.IsSystem)))
        {
            uses.Blame("explain.writes", "has rules for writing, or is no table and no view of the application's");
            return;
        }

        // The server puts a view's table in its place.
        var viewed = new Uses { Catalog = uses.Catalog };
        foreach (string tree in relation.ViewTrees)
        {
            new StoredTreeScan(viewed, path, "relation.view").Scan(tree);
        }

        uses.Add(ObjectKind.PlannedWrite, viewed.Objects.Where(used => used.Kind == ObjectKind.Relation).Select(used => used.Oid), path);

        foreach (string tree in relation.AllPolicies)
        {
            new StoredTreeScan(uses, path, "relation.row-policy").Scan(tree);
        }

        IEnumerable<string> domainDefaults = relation.Columns.Select(column => catalog.Type(column.Type)?.DefaultTree).OfType<string>();
        foreach (string tree in relation.DefaultTrees.Concat(domainDefaults).Concat(relation.PlannedTrees))
        {
            new StoredTreeScan(uses, path, "relation.planned-expression") { Catalog = catalog }.ScanConstantParts(tree);
        }

        uses.Add(ObjectKind.Type, relation.Columns.Select(column => column.Type), path);
        uses.Add(ObjectKind.Relation, relation.Oid, path);
    }
}
