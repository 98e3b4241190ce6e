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
    }

    /// <summary>The text to send: what was submitted, or its harmless equivalent where a request such as READ WRITE was made ineffective.</summary>
    public string Text { get; }

    /// <summary>The statements of the text in order; empty for a text without any. For the proxy's bookkeeping of names.</summary>
    public ImmutableArray<ApprovedPart> Parts { get; }

    /// <summary>What the client is to be told by NOTICE, such as a limit that was clamped.</summary>
    public ImmutableArray<string> Notices { get; }
}
