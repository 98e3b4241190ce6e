using SafeConsole.Proxy;

namespace SafeConsole.Gateway.Secrets;

/// <summary>The credentials that policies name, read anew at every use, so that a rotated one takes effect with the next connection.</summary>
public sealed class PolicyCredentials : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<string> ResolveAsync(string reference, CancellationToken cancellationToken) => new(SecretReference.Resolve(reference));
}
