using System.Collections;
using System.Collections.Immutable;

namespace SafeConsole.Policies.Names;

/// <summary>Values that search_path can have, as texts of the setting. Two sets with the same texts are equal. Never changes.</summary>
internal sealed class PathSet : IEquatable<PathSet>, IReadOnlyCollection<string>
{
    // Two texts that only a language takes for the same are two paths.
    private readonly ImmutableSortedSet<string> texts;

    private PathSet(ImmutableSortedSet<string> texts) => this.texts = texts;

    /// <summary>No path.</summary>
    public static PathSet None { get; } = new(ImmutableSortedSet.Create<string>(StringComparer.Ordinal));

    /// <summary>How many there are.</summary>
    public int Count => texts.Count;

    /// <summary>How many characters they have together.</summary>
    public int Length => texts.Sum(static text => text.Length);

    /// <summary>One path.</summary>
    public static PathSet Of(string text) => new(None.texts.Add(text));

    /// <summary>With one more.</summary>
    public PathSet Add(string text) => texts.Contains(text) ? this : new PathSet(texts.Add(text));

    /// <summary>With those of another set.</summary>
    public PathSet Union(PathSet other) => Equals(other) ? this : new PathSet(texts.Union(other.texts));

    /// <inheritdoc/>
    public bool Equals(PathSet? other) => ReferenceEquals(this, other) || (other is not null && texts.Count == other.texts.Count && texts.SequenceEqual(other.texts, StringComparer.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PathSet);

    /// <inheritdoc/>
    public override int GetHashCode() => texts.Count == 0 ? 0 : texts[0].GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => texts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
