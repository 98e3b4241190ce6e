using SafeConsole.Policies;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Ends sessions that the policies in force no longer allow: the target is gone, its option is, or its owner is not admitted any more.</summary>
public sealed class PolicyWithdrawal(PolicyStore policies, ConsoleSessions sessions) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        policies.Changed += Check;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        policies.Changed -= Check;
        return Task.CompletedTask;
    }

    /// <summary>Ends the session if the snapshot does not allow it. Also called when a session was opened while the policies changed.</summary>
    public static void Check(PolicySnapshot policy, ConsoleSession session)
    {
        if (Problem(policy, session) is { } sentence)
            session.Ending.TryEnd(SessionEndReason.PolicyWithdrawn, sentence);
    }

    private void Check(PolicyChange change)
    {
        foreach (var session in sessions.All)
            Check(change.New, session);
    }

    private static string? Problem(PolicySnapshot policy, ConsoleSession session)
    {
        var name = session.Target.Name;
        if (!policy.Targets.TryGetValue(name, out var target))
            return $"Ended because the policy of {name} was removed; ask {session.Target.Owner}.";
        if (TargetAdmission.WhyNot(target, session.Owner) is { } whyNot)
            return $"Ended because the policy of {name} was narrowed. {whyNot}";
        return target.Repl.Options.Any(option => option.Name == session.Option.Name)
            ? null
            : $"Ended because the policy of {name} no longer offers the option {session.Option.Name}; ask {target.Owner}.";
    }
}
