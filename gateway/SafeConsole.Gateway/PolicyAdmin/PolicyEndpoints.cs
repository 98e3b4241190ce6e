using SafeConsole.Gateway.Authentication;
using SafeConsole.Policies;

namespace SafeConsole.Gateway.PolicyAdmin;

/// <summary>What SREs see of the policies.</summary>
public static class PolicyEndpoints
{
    /// <summary>Maps the route.</summary>
    public static void MapPolicies(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/policies", GetAsync).RequirePermission(Permission.PolicyRead).WithTags("policies")
            .WithSummary("The policies in force, with their files and, where the newest files have errors, those.");

    private static async Task<PoliciesAnswer> GetAsync(PolicyStore policies, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var snapshot = policies.Current;
        var targets = new List<PolicyTargetAnswer>();
        foreach (var target in snapshot.Targets.Values)
            targets.Add(new PolicyTargetAnswer(target.Name, target.Title, target.File, await SourceAsync(target, configuration, cancellationToken)));
        return new PoliciesAnswer(snapshot.Revision, snapshot.LoadedAt, PolicyFailures.Answer(policies), targets);
    }

    private static async Task<string> SourceAsync(TargetPolicy target, IConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(Path.Combine(PolicySetup.Folder(configuration), target.File), cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "# The file cannot be read any more; what was loaded from it is still in force.\n";
        }
    }
}
