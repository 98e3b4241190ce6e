namespace SafeConsole.Gateway.Authentication;

/// <summary>What signing in tells the operational log.</summary>
internal static partial class SignInLog
{
    [LoggerMessage(1101, LogLevel.Error, "What old sign-ins left in the database could not be removed; it is tried again in an hour")]
    public static partial void NotPruned(ILogger log, Exception failure);
}
