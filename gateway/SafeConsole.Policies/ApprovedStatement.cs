using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>
/// SQL that was judged and may be sent to the replica. Only this assembly can make one, and the replica's side of the proxy takes nothing else.
/// </summary>
public sealed class ApprovedStatement
{
    internal ApprovedStatement(string text, ImmutableArray<ApprovedPart> parts, ImmutableArray<string> notices)
    {
        Text = text;
        Parts = parts;
        Notices = notices;
        UsesNames = parts.Any(static part => part.Kind is "execute" or "fetch" or "move" || part is { Kind: "explain", Name: not null });
        ChangesPath = parts.Any(static part => part.Path is not null);
        ChangesMeaning = ChangesPath || parts.Any(static part => part.Kind is "begin" or "commit" or "rollback" or "rollback-to" or "prepare" or "deallocate" or "declare" or "close" or "discard-all");
    }

    /// <summary>The text to send: what was submitted, or its harmless equivalent where a request such as READ WRITE was made ineffective.</summary>
    public string Text { get; }

    /// <summary>The statements of the text in order; empty for a text without any. For the proxy's bookkeeping of names.</summary>
    public ImmutableArray<ApprovedPart> Parts { get; }

    /// <summary>Whether it runs what a name stands for (EXECUTE, FETCH, MOVE): it must be judged whenever it runs, for the name can have come to mean something else.</summary>
    public bool UsesNames { get; }

    /// <summary>Whether it may change search_path.</summary>
    public bool ChangesPath { get; }

    /// <summary>Whether it changes what later statements mean: names, search_path, transactions.</summary>
    public bool ChangesMeaning { get; }

    /// <summary>What the client is to be told by NOTICE, such as a limit that was clamped.</summary>
    public ImmutableArray<string> Notices { get; }
}
