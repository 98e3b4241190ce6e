using System.Globalization;
using Docker.DotNet.Models;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Docker;

/// <summary>
/// A runner as a Docker container: no network, nothing of the root writable, no capability, no way to gain a privilege, the kernel's limits from
/// the policy, and of the host only the gateway's socket and three files of `/etc`, read-only.
/// </summary>
internal static class ContainerSettings
{
    /// <summary>Where every image has its agent, whatever its own entry point is.</summary>
    public const string Agent = "/usr/local/bin/safeconsole-agent";

    /// <summary>Processes and threads beyond the policy's, which the agent needs to end a REPL that has used up its own.</summary>
    public const int AgentProcesses = 32;

    /// <summary>The most pseudo-terminals of one runner; the kernel has one number of them for the whole host.</summary>
    public const int Terminals = 64;

    private const long SmallestFolder = 64 * 1024;
    private const int OpenFiles = 1024;
    private const long LockedMemory = 64 * 1024;

    /// <summary>The container's name, so that one whose creation was never answered can be removed.</summary>
    public static string NameOf(string runner) => "safeconsole-" + runner;

    /// <summary>All settings. The image is named by its digest, so that what was looked up is what runs.</summary>
    public static CreateContainerParameters For(RunnerSpec spec, RunnerImage image, ContainerFiles files, DockerOptions options, int user, int processors) => new()
    {
        Name = NameOf(spec.Runner),
        Image = image.Id,
        Entrypoint = [Agent],
        Cmd = [],
        Hostname = "runner",
        User = $"{Text(user)}:{Text(user)}",
        Env = ["LANG=C.UTF-8", "SAFECONSOLE_GATEWAY=unix:" + LinkSocket.InRunner, $"SAFECONSOLE_PROCESS_LIMIT={Text(spec.Shape.Limits.Processes)}", "SAFECONSOLE_TICKET=", "SAFECONSOLE_GATEWAY_CA=", "LD_PRELOAD="],
        Labels = ContainerLabels.For(spec, options),
        // The ticket's way: the first line of standard input.
        OpenStdin = true,
        StdinOnce = true,
        AttachStdin = true,
        AttachStdout = true,
        AttachStderr = true,
        // An image's own check would run a program of its own in the runner every so often.
        Healthcheck = new HealthcheckConfig { Test = ["NONE"] },
        HostConfig = new HostConfig(Limits(spec.Shape.Limits, processors))
        {
            NetworkMode = "none",
            Sysctls = new Dictionary<string, string>(RunnerSockets.Settings),
            IpcMode = "private",
            CgroupnsMode = "private",
            ReadonlyRootfs = true,
            CapDrop = ["ALL"],
            SecurityOpt = ["no-new-privileges"],
            Init = false,
            AutoRemove = false,
            RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
            // The kernel ends runners before anything else of the host.
            OomScoreAdj = 1000,
            // What the agent says is read as it comes; kept by the engine it could fill its disk.
            LogConfig = new LogConfig { Type = "none", Config = new Dictionary<string, string>() },
            Mounts = [.. files.Mounts.Append((Source: options.LinkSocket, Target: LinkSocket.InRunner)).Select(ReadOnly), TerminalFolder()],
            Tmpfs = Writable(spec.Shape.Limits.Disk, image, Text(user)),
            ShmSize = Math.Max(spec.Shape.Limits.Disk / 8, SmallestFolder),
        },
    };

    private static Resources Limits(RunnerLimits limits, int processors) => new()
    {
        Memory = limits.Memory,
        // Memory and swap together: no swap.
        MemorySwap = limits.Memory,
        // A policy that allows more than this host has is no mistake; the engine would call it one.
        NanoCPUs = (long)(Math.Min(limits.Processors, processors) * 1_000_000_000),
        PidsLimit = limits.Processes + AgentProcesses,
        Ulimits =
        [
            Limit("core", 0), Limit("nofile", OpenFiles), Limit("memlock", LockedMemory), Limit("msgqueue", 0), Limit("fsize", limits.Disk),
        ],
    };

    /// <summary>The folders in memory; with /dev/shm they are as large as the disk limit. A volume of the image would be a folder of the host's disk.</summary>
    private static Dictionary<string, string> Writable(long disk, RunnerImage image, string user)
    {
        // The engine takes `/data/` and `/data` for two mounts, one of them a folder of its disk.
        var folders = image.Volumes.Select(path => path.TrimEnd('/')).Where(path => path.Length > 0).Distinct().ToDictionary(path => path, _ => $"ro,nosuid,nodev,noexec,size={SmallestFolder}");
        folders["/home/runner"] = Folder(disk / 2, user, "0700");
        folders["/tmp"] = Folder(disk / 8 * 3, user, "1777");
        folders["/run/postgresql"] = Folder(SmallestFolder, user, "0755");
        return folders;
    }

    // Gems and packages with native code are loaded from home and /tmp, so both may hold programs.
    private static string Folder(long bytes, string user, string mode) =>
        $"rw,exec,nosuid,nodev,size={bytes.ToString(CultureInfo.InvariantCulture)},mode={mode},uid={user},gid={user}";

    private static Mount ReadOnly((string Source, string Target) mount) =>
        new() { Type = "bind", Source = mount.Source, Target = mount.Target, ReadOnly = true };

    /// <summary>
    /// What the engine mounts at /dev/pts by itself, with a limit, which it offers no setting for: an unnamed volume, which is mounted for this container alone and goes with it.
    /// </summary>
    private static Mount TerminalFolder() => new()
    {
        Type = "volume",
        Target = "/dev/pts",
        VolumeOptions = new VolumeOptions
        {
            NoCopy = true,
            DriverConfig = new Driver
            {
                Name = "local",
                Options = new Dictionary<string, string> { ["type"] = "devpts", ["device"] = "devpts", ["o"] = $"nosuid,noexec,newinstance,ptmxmode=0666,mode=0620,gid=5,max={Text(Terminals)}" },
            },
        },
    };

    private static Ulimit Limit(string name, long value) => new() { Name = name, Soft = value, Hard = value };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
