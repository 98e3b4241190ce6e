using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts.Tests.TypeScript;

/// <summary>Prints the transcript's closed set of events as TypeScript, for the web pages to read stored lines with.</summary>
internal sealed class TypeScriptPrinter
{
    private readonly NullabilityInfoContext nullability = new();
    private readonly List<Type> values = [];
    private readonly StringBuilder text = new();

    public static string PrintEvents()
    {
        var printer = new TypeScriptPrinter();
        JsonDerivedTypeAttribute[] events = [.. typeof(TranscriptEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()];
        string interfaces = string.Concat(events.Select(known => printer.Event(known.DerivedType, (string)known.TypeDiscriminator!)));
        return "/* Printed from gateway/SafeConsole.Transcripts/Events by `UPDATE_TYPES=1 dotnet test tests/SafeConsole.Transcripts.Tests`. Not for editing. */\n\n"
            + "/** What every line has beside its event: number from 1, UTC time, hash of the line before. */\n"
            + "export interface TranscriptLine {\n  n: number;\n  at: string;\n  prev: string;\n}\n\n"
            + printer.Values() + interfaces
            + "export type TranscriptEvent =\n" + string.Join('\n', events.Select(known => "  | " + known.DerivedType.Name)) + ";\n";
    }

    private string Event(Type type, string discriminator) =>
        $"export interface {type.Name} extends TranscriptLine {{\n  type: '{discriminator}';\n{Members(type)}}}\n\n";

    /// <summary>The types that events hold; printing one may find more of them.</summary>
    private string Values()
    {
        for (int i = 0; i < values.Count; i++)
            text.Append(values[i].IsEnum ? Enumeration(values[i]) : $"export interface {values[i].Name} {{\n{Members(values[i])}}}\n\n");
        return text.ToString();
    }

    private static string Enumeration(Type type) =>
        $"export type {type.Name} =\n{string.Join('\n', Enum.GetNames(type).Select(name => $"  | '{name}'"))};\n\n";

    private string Members(Type type) => string.Concat(type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => property.Name != "EqualityContract")
        .Select(Member));

    private string Member(PropertyInfo property)
    {
        bool omitted = property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull;
        NullabilityInfo info = nullability.Create(property);
        string name = JsonNamingPolicy.CamelCase.ConvertName(property.Name) + (omitted ? "?" : "");
        return $"  {name}: {TypeScript(info)}{(info.ReadState == NullabilityState.Nullable && !omitted ? " | null" : "")};\n";
    }

    private string TypeScript(NullabilityInfo info)
    {
        Type type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type == typeof(string))
            return "string";
        if (type == typeof(bool))
            return "boolean";
        if (type == typeof(int) || type == typeof(long) || type == typeof(double))
            return "number";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Items(info.GenericTypeArguments[0]);
        if (!values.Contains(type))
            values.Add(type);
        return type.Name;
    }

    private string Items(NullabilityInfo item) =>
        item.ReadState == NullabilityState.Nullable ? $"({TypeScript(item)} | null)[]" : TypeScript(item) + "[]";
}
