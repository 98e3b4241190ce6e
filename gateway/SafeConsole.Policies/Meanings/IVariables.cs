namespace SafeConsole.Policies.Meanings;

/// <summary>The names that mean variables and parameters in a function's body.</summary>
internal interface IVariables
{
    /// <summary>Whether a variable may stand where a column of the same name is.</summary>
    bool HidesColumns { get; }

    /// <summary>Whether every value in the body is of a type that the body or the function's head names, or that something named there has or gives.</summary>
    bool NamesAllTypes { get; }

    /// <summary>The type of the variable, or of its field, that a dotted name means; null where it means none.</summary>
    StaticType? Find(IReadOnlyList<string> names);

    /// <summary>The type of parameter $n.</summary>
    StaticType Parameter(int number);
}
