using System.Runtime.InteropServices;

namespace SafeConsole.Agent.Native;

/// <summary>
/// The seccomp filter of the runner. posix_spawn has no place for it between clone and exec, so the agent sets it on all of its own threads
/// once it has started; the REPL and all that it starts inherit it, and nobody can take it off. What it does not name is allowed.
/// </summary>
internal static unsafe class SystemCallFilter
{
    // struct seccomp_data; arguments are 64 bits wide, the lower half first.
    private const uint CallNumber = 0;
    private const uint Architecture = 4;
    private const uint FirstArgument = 16;
    private const uint SecondArgument = 24;
    private const uint ThirdArgument = 32;

    private const uint X86For64Bits = 0xC000003E;   // AUDIT_ARCH_X86_64
    private const uint FirstX32Call = 0x40000000;   // __X32_SYSCALL_BIT

    private const uint Allow = 0x7FFF0000;          // SECCOMP_RET_ALLOW
    private const uint KillProcess = 0x80000000;    // SECCOMP_RET_KILL_PROCESS
    private const uint Fail = 0x00050000;           // SECCOMP_RET_ERRNO, plus the error
    private const uint NotPermitted = 1;            // EPERM
    private const uint NoSuchCall = 38;             // ENOSYS
    private const uint NoSuchFamily = 97;           // EAFNOSUPPORT

    private const uint Socket = 41;
    private const uint SetSocketOption = 54;
    private const uint Clone = 56;
    private const uint Unshare = 272;
    private const uint Clone3 = 435;

    // socket(7): whoever closes the last reference to a lingering socket waits; passed on, that could be the gateway.
    private const uint SocketLevel = 1;             // SOL_SOCKET
    private const uint Linger = 13;                 // SO_LINGER

    // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. CLONE_NEWTIME (0x80) is part of the exit signal for clone(2).
    private const uint NewNamespaces = 0x7E020000;
    private const uint NewTimeNamespace = 0x80;

    private const int SetNoNewPrivileges = 38;      // PR_SET_NO_NEW_PRIVS
    private const nint SeccompCall = 317;
    private const nint SetFilter = 1;               // SECCOMP_SET_MODE_FILTER
    private const nint AllThreads = 1;              // SECCOMP_FILTER_FLAG_TSYNC

    // AF_UNIX, AF_INET, AF_INET6, AF_NETLINK. A network namespace does not hold back all the others: AF_VSOCK reaches a virtual machine's host.
    private static readonly uint[] SocketFamilies = [1, 2, 10, 16];

    /// <summary>Sets the filter for good. Throws <see cref="AgentFailedException"/>, for without it nothing may be started here.</summary>
    public static void Install()
    {
        // bwrap has set this already; without it the kernel takes a filter only from the mighty.
        _ = Libc.ControlProcess(SetNoNewPrivileges, 1, 0, 0, 0);
        var all = Program();
        fixed (FilterInstruction* instructions = all)
        {
            var program = new FilterProgram { Length = (ushort)all.Length, Instructions = instructions };
            var result = Libc.Call(SeccompCall, SetFilter, AllThreads, (nint)(&program));
            if (result < 0)
                throw new AgentFailedException($"The kernel refused the runner's filter of system calls: {Marshal.GetLastPInvokeErrorMessage()}.");
            if (result > 0)
                throw new AgentFailedException($"The runner's filter of system calls could not be set on the agent's thread {result}.");
        }
    }

    private static FilterInstruction[] Program() =>
    [
        // Other ABIs have other numbers, by which every rule below could be gone round.
        FilterInstruction.Load(Architecture),
        FilterInstruction.SkipIfEqual(X86For64Bits, 1),
        FilterInstruction.Return(KillProcess),
        FilterInstruction.Load(CallNumber),
        FilterInstruction.SkipIfBelow(FirstX32Call, 1),
        FilterInstruction.Return(KillProcess),
        .. RefusedCalls.All.SelectMany(call => Refuse(call, NotPermitted)),
        // Its flags are in memory, where a filter cannot look; C libraries take clone(2) when it does not exist.
        .. Refuse(Clone3, NoSuchCall),
        .. RefuseFlags(Clone, NewNamespaces),
        .. RefuseFlags(Unshare, NewNamespaces | NewTimeNamespace),
        .. RefuseLinger(),
        .. RefuseOtherFamilies(),
        FilterInstruction.Return(Allow),
    ];

    private static FilterInstruction[] Refuse(uint call, uint error) =>
        [FilterInstruction.SkipUnlessEqual(call, 1), FilterInstruction.Return(Fail | error)];

    private static FilterInstruction[] RefuseFlags(uint call, uint flags) =>
    [
        FilterInstruction.SkipUnlessEqual(call, 4),
        FilterInstruction.Load(FirstArgument),
        FilterInstruction.SkipUnlessAnyBit(flags, 1),
        FilterInstruction.Return(Fail | NotPermitted),
        FilterInstruction.Return(Allow),
    ];

    private static FilterInstruction[] RefuseLinger() =>
    [
        FilterInstruction.SkipUnlessEqual(SetSocketOption, 6),
        FilterInstruction.Load(SecondArgument),
        FilterInstruction.SkipUnlessEqual(SocketLevel, 3),
        FilterInstruction.Load(ThirdArgument),
        FilterInstruction.SkipUnlessEqual(Linger, 1),
        FilterInstruction.Return(Fail | NotPermitted),
        FilterInstruction.Return(Allow),
    ];

    private static FilterInstruction[] RefuseOtherFamilies() =>
    [
        FilterInstruction.SkipUnlessEqual(Socket, (byte)(SocketFamilies.Length * 2 + 2)),
        FilterInstruction.Load(FirstArgument),
        .. SocketFamilies.SelectMany(family => (FilterInstruction[])[FilterInstruction.SkipUnlessEqual(family, 1), FilterInstruction.Return(Allow)]),
        FilterInstruction.Return(Fail | NoSuchFamily),
    ];
}
