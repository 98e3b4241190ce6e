using SafeConsole.Transcripts;

namespace SafeConsole.Gateway.Console;

/// <summary>Makes each session's way to its replica.</summary>
public interface ISessionDatabases
{
    /// <summary>For one session on a target; everything it does is appended to the transcript.</summary>
    ISessionDatabase Create(string session, string target, Transcript transcript);
}
