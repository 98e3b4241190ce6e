namespace SafeConsole.Gateway.Secrets;

/// <summary>Resolves references to secrets: `env:NAME` and `file:/path`. A literal secret is refused, so that none stands in a configuration file.</summary>
public static class SecretReference
{
    private const int LongestFile = 64 * 1024;

    /// <summary>The secret's text, without a trailing line end. Throws <see cref="GatewayConfigurationException"/>, naming the reference and never the secret.</summary>
    public static string Resolve(string reference)
    {
        if (reference.StartsWith("env:", StringComparison.Ordinal))
        {
            return Environment.GetEnvironmentVariable(reference[4..]) is { Length: > 0 } value
                ? value
                : throw new GatewayConfigurationException($"The environment variable of `{reference}` is not set.");
        }

        if (!reference.StartsWith("file:", StringComparison.Ordinal))
            throw new GatewayConfigurationException("A secret is given literally; it must be a reference, `env:NAME` or `file:/path`.");
        return ReadFile(reference);
    }

    private static string ReadFile(string reference)
    {
        try
        {
            using var file = File.OpenRead(reference[5..]);
            if (file.Length > LongestFile)
                throw new GatewayConfigurationException($"The file of `{reference}` is longer than 64 KiB.");
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().TrimEnd('\r', '\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GatewayConfigurationException($"The file of `{reference}` cannot be read: {failure.Message}");
        }
    }
}
