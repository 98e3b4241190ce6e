using Microsoft.Extensions.Options;
using SafeConsole.Policies;
using SafeConsole.Proxy;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Transcripts;

namespace SafeConsole.Gateway.Console;

/// <summary>Each session's way to its replica through the proxy.</summary>
public sealed class SessionDatabases(
    PolicyStore policies, StatementJudge judge, ReplicaControls controls, ICredentialSource credentials, IOptions<ProxyOptions> options, TimeProvider time, ILogger<ProxySession> log) : ISessionDatabases
{
    /// <inheritdoc/>
    public ISessionDatabase Create(string session, string target, Transcript transcript) =>
        new ProxiedDatabase(new ProxySession(session, target, policies, judge, controls, credentials, transcript, options.Value, time, log), time);
}
