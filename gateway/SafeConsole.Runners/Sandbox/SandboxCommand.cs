using System.Diagnostics;
using System.Globalization;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// The command line that starts a sandbox: as root `setpriv` to an unused user, then `nice`, `prlimit` and `bwrap`, each replacing the one before.
/// Its environment is what stands here and nothing of the gateway's; the ticket goes by environment, for command lines can be listed.
/// </summary>
internal static class SandboxCommand
{
    private const string SetPrivileges = "/usr/bin/setpriv";
    private const string SetLimits = "/usr/bin/prlimit";
    private const string SetPriority = "/usr/bin/nice";
    private const int Niceness = 10;
    private const int OpenFiles = 1024;
    private const long LockedMemory = 64 * 1024;

    /// <summary>
    /// <paramref name="user"/> is null where the gateway is not root and runners are its own user. Memory is limited per process by RLIMIT_DATA,
    /// which counts what can be written: RLIMIT_AS counts reserved addresses too, of which Node.js and .NET take many gigabytes. The
    /// whole runner's memory is watched by <see cref="SandboxWatch"/>, and its processes are limited from inside, by the agent.
    /// </summary>
    public static ProcessStartInfo For(RunnerSpec spec, SandboxFiles files, SandboxOptions options, int? user)
    {
        string[] command = [.. DropPrivileges(user), SetPriority, "-n", Text(Niceness), .. Limit(spec.Shape.Limits), options.BubblewrapPath, .. BubblewrapArguments.For(files, options, spec)];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["SAFECONSOLE_GATEWAY"] = "unix:" + LinkSocket.InRunner;
        start.Environment["SAFECONSOLE_TICKET"] = spec.Ticket.Secret;
        start.Environment["SAFECONSOLE_PROCESS_LIMIT"] = Text(spec.Shape.Limits.Processes);
        return start;
    }

    private static string[] DropPrivileges(int? user) =>
        user is { } id ? [SetPrivileges, "--reuid", Text(id), "--regid", Text(id), "--clear-groups", "--no-new-privs", "--"] : [];

    private static string[] Limit(RunnerLimits limits) =>
    [
        SetLimits, $"--data={limits.Memory}:{limits.Memory}", $"--fsize={limits.Disk}:{limits.Disk}", $"--nofile={OpenFiles}:{OpenFiles}",
        $"--memlock={LockedMemory}:{LockedMemory}", "--core=0:0", "--",
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
