namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>
/// A case of the protocol corpus: its number, the letters of its verdict (D deny or close, N no effect, T track state, L limit, OK must work) and what the client sends,
/// each line's exact bytes where the line has them.
/// </summary>
internal sealed record ProtocolCase(string Id, string Verdict, IReadOnlyList<string> Lines, IReadOnlyList<byte[]> Sent)
{
    /// <summary>All that the client sends, in one piece.</summary>
    public byte[] All => [.. Sent.SelectMany(bytes => bytes)];
}
