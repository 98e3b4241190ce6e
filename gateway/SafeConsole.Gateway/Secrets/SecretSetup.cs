using Amazon;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using SafeConsole.Proxy;

namespace SafeConsole.Gateway.Secrets;

/// <summary>What resolves the secrets that policies name.</summary>
public static class SecretSetup
{
    private const int Repetitions = 2;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Registers it. Systems Manager is not asked for, nor a region, before a policy needs it.</summary>
    public static void AddSecrets(this WebApplicationBuilder builder)
    {
        var options = AwsOptions.Of(builder.Configuration);
        builder.Services.AddSingleton<IAmazonSimpleSystemsManagement>(_ => NewClient(options));
        builder.Services.AddSingleton(provider => new ParameterSecrets(
            new Lazy<IAmazonSimpleSystemsManagement>(provider.GetRequiredService<IAmazonSimpleSystemsManagement>), provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<ICredentialSource, PolicyCredentials>();
    }

    private static AmazonSimpleSystemsManagementClient NewClient(AwsOptions options)
    {
        var config = new AmazonSimpleSystemsManagementConfig { RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Repetitions, Timeout = CallTimeout };
        if (options.SsmServiceUrl is not null)
            (config.ServiceURL, config.AuthenticationRegion) = (options.SsmServiceUrl, options.Region);
        else if (options.Region is not null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return new AmazonSimpleSystemsManagementClient(config);
    }
}
