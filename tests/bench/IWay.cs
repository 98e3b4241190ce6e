namespace SafeConsole.Bench;

/// <summary>A way to the standby. Every way runs the same shell commands, with libpq's environment set so that they connect by it.</summary>
public interface IWay
{
    /// <summary>Runs a command to its end and returns what it printed. Throws when its exit code is not 0.</summary>
    Task<string> RunAsync(string command, TimeSpan within);
}
