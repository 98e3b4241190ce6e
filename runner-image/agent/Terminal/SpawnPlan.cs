using System.Runtime.CompilerServices;
using SafeConsole.Agent.Native;

namespace SafeConsole.Agent.Terminal;

/// <summary>
/// What posix_spawn does between clone and exec: a new session, default signals, and the terminal opened as descriptors 0, 1 and 2. The
/// leader of a session that opens a terminal gets it as its controlling terminal, so no code of ours runs in the child and no fork is needed.
/// </summary>
internal sealed unsafe class SpawnPlan : IDisposable
{
    private const short Flags = 0x80 | 0x04 | 0x08;   // POSIX_SPAWN_SETSID | SETSIGDEF | SETSIGMASK
    private const int ReadWrite = 0x2;                // O_RDWR

    // glibc 2.36: posix_spawnattr_t 336, posix_spawn_file_actions_t 80, sigset_t 128 bytes.
    private readonly byte[] attributes = GC.AllocateArray<byte>(512, pinned: true);
    private readonly byte[] fileActions = GC.AllocateArray<byte>(256, pinned: true);

    public SpawnPlan(string terminal)
    {
        var all = stackalloc byte[128];
        var none = stackalloc byte[128];
        new Span<byte>(all, 128).Fill(0xff);
        new Span<byte>(none, 128).Clear();
        Check(Libc.InitSpawnAttributes(Attributes));
        Check(Libc.SetSpawnFlags(Attributes, Flags));
        // .NET ignores SIGPIPE, and an ignored signal stays ignored through exec.
        Check(Libc.SetSpawnDefaultSignals(Attributes, all));
        Check(Libc.SetSpawnSignalMask(Attributes, none));
        Check(Libc.InitFileActions(FileActions));
        using var path = new NativeStrings([terminal]);
        Check(Libc.AddOpen(FileActions, 0, path.Pointers[0], ReadWrite, 0));
        Check(Libc.AddDuplicate(FileActions, 0, 1));
        Check(Libc.AddDuplicate(FileActions, 0, 2));
    }

    public void* Attributes => Unsafe.AsPointer(ref attributes[0]);

    public void* FileActions => Unsafe.AsPointer(ref fileActions[0]);

    public void Dispose()
    {
        _ = Libc.DestroySpawnAttributes(Attributes);
        _ = Libc.DestroyFileActions(FileActions);
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new AgentFailedException($"The REPL's start could not be prepared (posix_spawn, error {error}).");
    }
}
