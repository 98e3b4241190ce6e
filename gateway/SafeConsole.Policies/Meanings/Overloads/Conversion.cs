using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Meanings.Overloads;

/// <summary>How a value becomes another type: not at all, by a cast of the catalog (an array's elements one by one), by its text, or without doing anything.</summary>
internal readonly record struct Conversion(bool IsPossible, DatabaseCast? Cast, bool ByText)
{
    /// <summary>There is no way.</summary>
    public static Conversion None => default;

    /// <summary>It is one already, or only relabelled.</summary>
    public static Conversion Same => new(true, null, false);
}
