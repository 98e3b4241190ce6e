using System.Runtime.CompilerServices;
using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Catalogs.Trees;
using SafeConsole.Policies.Functions;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Settings;

namespace SafeConsole.Policies.Harms;

/// <summary>What calling a function runs. PostgreSQL's and extensions' functions go by the reviewed list, the application's by what their bodies do, and an extension's bodies must be harmless too.</summary>
internal sealed class FunctionUses(DatabaseCatalog catalog, TargetPolicy policy)
{
    private const string Rule = "function.not-allowed";
    private readonly BodyUses bodies = new(catalog, policy);

    /// <summary>Notes what the function uses, or why it is harmful.</summary>
    public void Find(DatabaseFunction function, SearchPath path, Uses uses)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (AllowedFunctions.Contains(catalog, policy.Database.AllowedFunctions, function))
        {
            return;
        }

        bool own = function.IsSystem && function.Language is "internal" or "c" or "sql";
        if (own || function.Extension is not null && !function.HasBody)
        {
            Review(function, uses);
            uses.Add(ObjectKind.Function, FoundByValue.Of(catalog, function), path);
        }
        else if (function.Extension is not null && ReviewedFunctions.Find(catalog, function) is { } entry)
        {
            Review(entry, uses);
            FindWithin(function, path, uses);
        }
        else if (function.Kind == 'a')
        {
            FindAggregate(function, path, uses);
        }
        else
        {
            FindApplications(function, path, uses);
        }
    }

    private void Review(DatabaseFunction function, Uses uses)
    {
        if (ReviewedFunctions.Find(catalog, function) is { } entry)
        {
            Review(entry, uses);
        }
        else
        {
            uses.Blame("function.unknown", "is not on the list of functions that are known to be harmless");
        }
    }

    private static void Review(FunctionEntry entry, Uses uses)
    {
        if (!entry.Allowed)
        {
            uses.Blame(Rule, entry.Effect, entry.SqlState);
        }
    }

    /// <summary>A body that an extension wrote as text finds its names like the application's: by the path of the session, which nobody who reviewed it knew.</summary>
    private void FindWithin(DatabaseFunction function, SearchPath path, Uses uses)
    {
        if (function.Kind == 'a')
        {
            uses.Add(ObjectKind.Function, (catalog.Aggregates.GetValueOrDefault(function.Oid)?.Functions ?? []).Where(oid => catalog.Functions.GetValueOrDefault(oid) is { HasBody: true }), path);
        }
        else if (uses.Harm is null && function.HasBody && PathWithin(function, path, uses) is { } inner)
        {
            FindSignature(function, path, uses);
            uses.Trusts = oid => catalog.Functions.GetValueOrDefault(oid) is { } used && used.Extension == function.Extension && ReviewedFunctions.Find(catalog, used) is { IsFragile: true };
            bodies.Find(function, inner, uses);
            uses.Trusts = null;
        }
    }

    private void FindAggregate(DatabaseFunction function, SearchPath path, Uses uses)
    {
        if (!catalog.Aggregates.TryGetValue(function.Oid, out DatabaseAggregate? aggregate))
        {
            uses.Blame(Rule, "is an aggregate of which nothing is known");
            return;
        }

        FindSignature(function, path, uses);
        uses.Add(ObjectKind.Function, aggregate.Functions.Where(oid => !IsInternalSupport(oid)), path);
        uses.Add(ObjectKind.Operator, aggregate.SortOperator, path);
        uses.Add(ObjectKind.Type, aggregate.StateTypes, path);
    }

    /// <summary>PostgreSQL's and extensions' own transition functions take a state that no SQL text can give; they only compute.</summary>
    private bool IsInternalSupport(uint oid) => catalog.Functions.GetValueOrDefault(oid) is { TakesInternal: true } support && (support.IsSystem || support.Extension is not null);

    private void FindApplications(DatabaseFunction function, SearchPath path, Uses uses)
    {
        if (function.Kind != 'f')
        {
            uses.Blame(Rule, "is a procedure or a window function of the application");
        }
        else if (function.SecurityDefiner)
        {
            uses.Blame("function.security-definer", "runs with its owner's rights (SECURITY DEFINER)");
        }
        else if (function.Support != 0 && catalog.Functions.GetValueOrDefault(function.Support) is not { IsSystem: true })
        {
            uses.Blame(Rule, "has a planner support function that is not PostgreSQL's own");
        }
        else if (ReviewedFunctions.Original(catalog, function) is { } original)
        {
            FindSignature(function, path, uses);
            uses.Add(ObjectKind.Function, FoundByValue.Of(catalog, original), path);
        }
        else if (IsConstructor(function))
        {
            FindSignature(function, path, uses);
        }
        else if (!function.HasBody)
        {
            uses.Blame("function.language", $"is written in {function.Language}, whose effects cannot be told");
        }
        else if (PathWithin(function, path, uses) is { } inner)
        {
            FindSignature(function, path, uses);
            bodies.Find(function, inner, uses);
        }
    }

    /// <summary>The functions that PostgreSQL makes beside a range type; what they run is the type's.</summary>
    private bool IsConstructor(DatabaseFunction function) =>
        function is { Language: "internal", Source: "range_constructor2" or "range_constructor3" or "multirange_constructor0" or "multirange_constructor1" or "multirange_constructor2" }
        && catalog.Type(function.ReturnType) is { Kind: 'r' or 'm' };

    /// <summary>Values of its argument and result types are made, and its defaults are computed.</summary>
    private static void FindSignature(DatabaseFunction function, SearchPath path, Uses uses)
    {
        uses.Add(ObjectKind.Type, function.Arguments.Append(function.ReturnType).Concat(function.AllArguments.Select(argument => argument.Type)), path);
        if (function.DefaultsTree is { } defaults)
        {
            new StoredTreeScan(uses, path, Rule).Scan(defaults);
        }
    }

    /// <summary>The path under which its body finds names; null where one of its settings is a harm.</summary>
    private SearchPath? PathWithin(DatabaseFunction function, SearchPath path, Uses uses)
    {
        foreach (string setting in function.Settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? setting : setting[..equals];
            string value = equals < 0 ? "" : setting[(equals + 1)..];
            SearchPath? own = name == "search_path" ? catalog.PathOf(value) : null;
            bool harmless = own is not null || (name != "search_path" && SettingCatalogue.Find(name)?.SetText(value, policy.Limits) == SettingAnswer.Accept);
            if (!harmless)
            {
                uses.Blame("function.setting", $"changes the setting {name}");
                return null;
            }

            path = own?.Within(path) ?? path;
        }

        return path;
    }
}
