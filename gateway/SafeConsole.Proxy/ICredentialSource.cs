namespace SafeConsole.Proxy;

/// <summary>Resolves the references of policy files (`env:NAME`, `file:/path`, `ssm:/path`) to secrets and certificates.</summary>
public interface ICredentialSource
{
    /// <summary>The text behind a reference. Throws an exception whose message names the reference, never the secret.</summary>
    ValueTask<string> ResolveAsync(string reference, CancellationToken cancellationToken);
}
