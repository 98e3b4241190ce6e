namespace SafeConsole.Policies.Harms;

/// <summary>What a statement can use of a database.</summary>
internal enum ObjectKind
{
    /// <summary>A function is called.</summary>
    Function,

    /// <summary>An operator is applied.</summary>
    Operator,

    /// <summary>Values are sorted or hashed by the operator's family: ORDER BY USING, comparisons of rows, lists of ANY and IN.</summary>
    Ordering,

    /// <summary>A value of a type is made: domain checks and input functions run.</summary>
    Type,

    /// <summary>A stored value of a type is shown or compared: output and comparison functions run.</summary>
    StoredType,

    /// <summary>Values of a type are made, and others assigned to what is of it: the application's casts run as well. Of the type "any": any type of the application.</summary>
    AssignedType,

    /// <summary>Computed values of a type are sorted, grouped or compared by its default operator classes. Of the type "any": values of any type.</summary>
    SortedType,

    /// <summary>Values of a type are shown as JSON: the application's casts into json run. Of the type "any": values of any type.</summary>
    ShownType,

    /// <summary>Rows are fetched from a cursor that may have been opened elsewhere, under another search_path or by another catalog.</summary>
    Fetch,

    /// <summary>A relation is read.</summary>
    Relation,

    /// <summary>An INSERT, UPDATE, DELETE or MERGE on a relation is planned, and not done.</summary>
    PlannedWrite,

    /// <summary>A value of any type is assigned to a column of a type: casts run, the application's among them.</summary>
    Assignment,

    /// <summary>A cast is applied.</summary>
    Cast,
}
