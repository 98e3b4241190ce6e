namespace SafeConsole.Proxy.Tests.Support;

/// <summary>References and what they resolve to.</summary>
internal sealed class KnownCredentials(IReadOnlyDictionary<string, string> known) : ICredentialSource
{
    public ValueTask<string> ResolveAsync(string reference, CancellationToken cancellationToken) => ValueTask.FromResult(known[reference]);
}
