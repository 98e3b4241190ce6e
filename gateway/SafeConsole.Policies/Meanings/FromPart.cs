namespace SafeConsole.Policies.Meanings;

/// <summary>A part of FROM: the items that can be named in it, and the columns that a star stands for, null where they cannot be told.</summary>
internal sealed record FromPart(IReadOnlyList<RangeItem> Items, RowShape? Star);
