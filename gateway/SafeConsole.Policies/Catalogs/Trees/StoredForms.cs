using System.Text;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Rules;

namespace SafeConsole.Policies.Catalogs.Trees;

/// <summary>Forms of calls in stored trees that are harmless though the function is refused otherwise: the same as HarmlessForms knows in statements.</summary>
internal static class StoredForms
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether the call has such a form. The texts of queries that it runs are noted, to be judged.</summary>
    public static bool IsHarmless(DatabaseCatalog catalog, StoredNode call, SearchPath path, Uses uses)
    {
        if (catalog.Functions.GetValueOrDefault(call.Field("funcid")?.Oid ?? 0) is not { } function || !(function.IsSystem || ReviewedFunctions.Find(catalog, function) is not null))
        {
            return false;
        }

        StoredNode[] arguments = [.. call.Field("args") is { Label: null } list ? list.Items : call.Field("args") is { } only ? [only] : []];
        return function.Name switch
        {
            "ts_rewrite" when arguments.Length == 3 => true,
            "xpath" or "xpath_exists" or "xmlexists" => IsPlain(arguments.ElementAtOrDefault(0)),
            "xpath_bool" or "xpath_list" or "xpath_nodeset" or "xpath_number" or "xpath_string" => IsPlain(arguments.ElementAtOrDefault(1)),
            _ => NoteTexts(function.Name, arguments, path, uses),
        };
    }

    /// <summary>Whether all paths of an XMLTABLE are plain.</summary>
    public static bool IsPlainTable(StoredNode table) =>
        IsPlain(table.Field("rowexpr")) && (table.Field("colexprs")?.Items ?? []).All(column => column.Word == "<>" || IsPlain(column));

    private static bool IsPlain(StoredNode? expression) => Text(expression) is { } path && XmlPath.IsPlain(path);

    /// <summary>Whether each query that the function runs is a constant. A text beyond ASCII is not read, for the database's encoding is not known here.</summary>
    private static bool NoteTexts(string name, StoredNode[] arguments, SearchPath path, Uses uses)
    {
        if (SqlTextRule.PlacesOf(name) is not { } places || arguments.Length <= places[0] || (name == "ts_rewrite" && arguments.Length != 2))
        {
            return false;
        }

        StoredNode[] given = [.. places.Where(place => place < arguments.Length).Select(place => arguments[place]).Where(argument => !(argument.Label == "CONST" && argument.Field("consttype")?.Word == "23"))];
        string?[] texts = [.. given.Select(Text)];
        if (texts.Any(text => text is null || !Ascii.IsValid(text)))
        {
            return false;
        }

        uses.Texts.AddRange(texts.Select(text => (text!, path)));
        return true;
    }

    /// <summary>The value of a constant of type text (25), which stands behind its length in four bytes; null for anything else.</summary>
    private static string? Text(StoredNode? node)
    {
        if (node is not { Label: "CONST" } || node.Field("consttype")?.Word != "25" || node.Field("constvalue")?.Items.LastOrDefault()?.Bytes is not { Length: >= 4 } bytes
            || BitConverter.ToUInt32(bytes) != (uint)bytes.Length << 2)
        {
            return null;
        }

        try
        {
            return Strict.GetString(bytes, 4, bytes.Length - 4);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
