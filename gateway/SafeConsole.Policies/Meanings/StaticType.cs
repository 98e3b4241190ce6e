using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Meanings;

/// <summary>
/// What is known of an expression's type before it runs. <see cref="Oid"/> is 0 where it cannot be told, and `unknown` (705) for a literal that takes its type from
/// where it stands. A record may carry its columns.
/// </summary>
internal readonly record struct StaticType(uint Oid, RowShape? Row = null)
{
    /// <summary>Could be any type.</summary>
    public static StaticType Any => default;

    /// <summary>A literal or parameter without a type of its own.</summary>
    public static StaticType Literal => new(SystemTypes.Unknown);

    /// <summary>NULL without a type of its own: it becomes one of any type without that type's input function.</summary>
    public static StaticType Null => new(SystemTypes.Unknown) { IsNull = true };

    /// <summary>Whether it is a literal NULL.</summary>
    public bool IsNull { get; private init; }

    /// <summary>A row whose columns are known, but which is of no named type.</summary>
    public static StaticType RecordOf(RowShape? row) => new(SystemTypes.Record, row);

    /// <summary>Whether the type cannot be told.</summary>
    public bool IsAny => Oid == 0;

    /// <summary>Whether it is a literal without a type of its own.</summary>
    public bool IsLiteral => Oid == SystemTypes.Unknown;

    /// <summary>The same; a literal becomes text, as it does where nothing gives it another type.</summary>
    public StaticType Settled => IsLiteral ? new StaticType(SystemTypes.Text) : this;
}
