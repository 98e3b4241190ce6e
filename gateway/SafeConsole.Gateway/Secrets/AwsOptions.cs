namespace SafeConsole.Gateway.Secrets;

/// <summary>
/// Section `Aws`: where its services are. Credentials are found by the SDK: environment, profile, container, instance; none stands in
/// configuration.
/// </summary>
public sealed class AwsOptions
{
    /// <summary>The region; null leaves it to the environment, the profile or the host.</summary>
    public string? Region { get; set; }

    /// <summary>Where ECS is, in place of the region's own address.</summary>
    public string? EcsServiceUrl { get; set; }

    /// <summary>Where Systems Manager is, in place of the region's own address.</summary>
    public string? SsmServiceUrl { get; set; }

    /// <summary>Reads the section. Throws <see cref="GatewayConfigurationException"/>.</summary>
    public static AwsOptions Of(IConfiguration configuration)
    {
        var options = configuration.GetSection("Aws").Get<AwsOptions>() ?? new AwsOptions();
        if (((string?[])[options.EcsServiceUrl, options.SsmServiceUrl]).FirstOrDefault(url => url is not null && !Uri.IsWellFormedUriString(url, UriKind.Absolute)) is { } wrong)
            throw new GatewayConfigurationException($"Section Aws: a service's URL is `{wrong}`, which is none.");
        return options;
    }
}
