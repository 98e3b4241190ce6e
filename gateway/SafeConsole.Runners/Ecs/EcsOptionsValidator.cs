using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace SafeConsole.Runners.Ecs;

/// <summary>Says in sentences what is wrong with the options.</summary>
public sealed partial class EcsOptionsValidator : IValidateOptions<EcsOptions>
{
    private const int MostSubnets = 16;
    private const int MostSecurityGroups = 5;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, EcsOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(EcsOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Cluster))
            yield return "Cluster is empty; it must be the name or ARN of the cluster in which runners are started.";
        if (options.Subnets.Count is 0 or > MostSubnets)
            yield return $"Subnets holds {options.Subnets.Count}; it must hold 1 to {MostSubnets} subnets of one VPC.";
        if (options.SecurityGroups.Count is 0 or > MostSecurityGroups)
            yield return $"SecurityGroups holds {options.SecurityGroups.Count}; it must hold 1 to {MostSecurityGroups}: without one of its own a task gets the VPC's default group, which lets it out.";
        if (!Label().IsMatch(options.GatewayName))
            yield return $"GatewayName is '{options.GatewayName}'; it must be 1 to 24 letters, digits and hyphens, and no other gateway's.";
        if (!IsAddress(options.GatewayAddress))
            yield return $"GatewayAddress is '{options.GatewayAddress}'; it must be https://host:port, where runners reach this gateway.";
        if (options.ServiceUrl is { } url && !Uri.TryCreate(url, UriKind.Absolute, out _))
            yield return $"ServiceUrl is '{url}'; it must be a URL.";
        if (options.LaunchTimeout <= TimeSpan.Zero)
            yield return "LaunchTimeout must be longer than nothing.";
    }

    // A socket can be a runner's gateway only where its host is the gateway's own.
    private static bool IsAddress(string text) =>
        text.StartsWith("unix:/", StringComparison.Ordinal)
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0);

    [GeneratedRegex("^[A-Za-z0-9-]{1,24}$")]
    private static partial Regex Label();
}
