using SafeConsole.Proxy;

namespace SafeConsole.Gateway.Secrets;

/// <summary>
/// The credentials that policies name, read anew at every use, so that a rotated one takes effect with the next connection, or within a minute
/// where it stands in the Parameter Store.
/// </summary>
public sealed class PolicyCredentials(ParameterSecrets parameters) : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<string> ResolveAsync(string reference, CancellationToken cancellationToken) =>
        reference.StartsWith(ParameterSecrets.Scheme, StringComparison.Ordinal)
            ? new(parameters.ResolveAsync(reference, cancellationToken))
            : new(SecretReference.Resolve(reference));
}
