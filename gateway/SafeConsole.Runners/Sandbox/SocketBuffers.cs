using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>Gives a sandbox's network namespace its <see cref="RunnerSockets.Settings"/>, from outside: a thread of the gateway's enters it (setns(2)), and ends.</summary>
internal static partial class SocketBuffers
{
    private const int NetworkNamespace = 0x40000000;   // CLONE_NEWNET

    /// <summary>Sets them, by the sandbox's PID 1; to be called before its REPL runs. False where this process may not, for it is not root.</summary>
    public static bool TryLimit(ProcessIdentity init)
    {
        var isSet = false;
        // Not a thread of the pool: what else that one did would happen in the sandbox's namespace.
        var thread = new Thread(() => isSet = Set(init)) { IsBackground = true, Name = "socket buffers" };
        thread.Start();
        thread.Join();
        return isSet;
    }

    private static bool Set(ProcessIdentity init)
    {
        try
        {
            using var entered = File.OpenHandle($"/proc/{init.Id.ToString(CultureInfo.InvariantCulture)}/ns/net", share: FileShare.ReadWrite | FileShare.Delete);
            // The number may have become another process's.
            if (!init.IsAlive || Enter(entered, NetworkNamespace) != 0)
                return false;
            foreach (var (name, value) in RunnerSockets.Settings)
                Write("/proc/sys/" + name.Replace('.', '/'), value);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Write(string path, string value)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, Encoding.ASCII.GetBytes(value), 0);
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int Enter(SafeFileHandle entered, int kind);
}
