namespace SafeConsole.Policies.Meanings;

/// <summary>A WITH query under its name. Its columns become known while it is read.</summary>
internal sealed class CommonTable
{
    /// <summary>The columns; null where they cannot be told, or not yet.</summary>
    public RowShape? Row { get; set; }
}
