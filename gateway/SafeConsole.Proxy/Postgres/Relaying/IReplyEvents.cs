using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>What the replies' side tells to the connection that it belongs to.</summary>
internal interface IReplyEvents
{
    /// <summary>The server changed a setting that it reports.</summary>
    void SettingChanged(ParameterStatusMessage status);

    /// <summary>The server is ready for the next message, and has reported all settings that changed.</summary>
    void ServerReady();

    /// <summary>A result reached a limit of its policy: the server is to be stopped.</summary>
    void LimitReached();

    /// <summary>A run ended, with the server's or the gateway's error where it failed. Elapsed is in timestamp ticks.</summary>
    void RunEnded(StatementRun run, long elapsed, ErrorMessage? error);
}
