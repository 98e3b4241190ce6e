namespace SafeConsole.Policies.Functions;

/// <summary>Reads an embedded list, one item a line.</summary>
internal static class ReviewedList
{
    /// <summary>The lines of the resource without empty ones.</summary>
    public static IReadOnlyList<string> Read(string resource)
    {
        using Stream stream = typeof(ReviewedList).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
