using SafeConsole.Gateway.Authentication;
using SafeConsole.Policies;

namespace SafeConsole.Gateway.Console;

/// <summary>The targets that there are, and whether the caller may open them.</summary>
public static class TargetEndpoints
{
    /// <summary>Maps the route.</summary>
    public static void MapTargets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/targets", List).RequirePermission(Permission.ConsoleOpen).WithTags("console")
            .WithSummary("All targets, with whether the caller may open them.");

    private static TargetAnswer[] List(HttpContext context, CallerReader callers, PolicyStore policies)
    {
        var caller = callers.Require(context);
        return [.. policies.Current.Targets.Values.Select(target => Answer(target, TargetAdmission.WhyNot(target, caller)))];
    }

    private static TargetAnswer Answer(TargetPolicy target, string? whyNot) => new(
        target.Name, target.Title, target.Application, target.Environment, target.Owner, target.Description,
        target.Repl.Name, target.Repl.Launcher, target.Database.Engine,
        $"{target.Database.Host}:{target.Database.Port}/{target.Database.Name}",
        [.. target.Repl.Options.Select(option => new OptionAnswer(option.Name, option.Title, option.Description))],
        LimitsAnswer.From(target.Limits),
        target.Access.ReasonRequired, target.Access.ReasonPattern, target.Access.ReasonExample,
        whyNot is null, whyNot);
}
