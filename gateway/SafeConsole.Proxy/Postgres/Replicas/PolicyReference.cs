namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>A secret that a policy names by a reference.</summary>
internal static class PolicyReference
{
    /// <summary>What a reference stands for; null where there is none. Throws <see cref="ReplicaFailedException"/>, which names the reference and nothing else.</summary>
    public static async ValueTask<string?> ResolveAsync(ICredentialSource credentials, string? reference, CancellationToken cancellationToken)
    {
        if (reference is null)
        {
            return null;
        }

        try
        {
            return await credentials.ResolveAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new ReplicaFailedException($"The reference {reference} of the policy cannot be resolved.", cause: failure);
        }
    }
}
