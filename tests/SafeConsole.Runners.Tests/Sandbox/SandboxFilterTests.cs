using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>The agent's filter of system calls, as the REPL meets it. Each of these calls does something else without it.</summary>
public sealed class SandboxFilterTests : SandboxTests
{
    private const string NotPermitted = "-1 EPERM\r\n";

    [Theory]
    [InlineData("memfd_create", "319, b\"x\", 0")]
    [InlineData("memfd_secret", "447, 0")]
    [InlineData("shmget", "29, 0, 4096, 0o1600")]
    [InlineData("semget", "64, 0, 1, 0o1600")]
    [InlineData("msgget", "68, 0, 0o1600")]
    [InlineData("add_key", "248, b\"user\", b\"x\", b\"x\", 1, -2")]
    [InlineData("keyctl", "250, 0, -2, 1")]
    [InlineData("bpf", "321, 99, 0, 0")]
    [InlineData("userfaultfd", "323, 1")]
    [InlineData("perf_event_open", "298, 0, 0, -1, -1, 0")]
    [InlineData("io_uring_setup", "425, 1, 0")]
    [InlineData("ptrace", "101, 0, 0, 0, 0")]
    [InlineData("process_vm_readv", "310, os.getpid(), 0, 0, 0, 0, 0")]
    [InlineData("kcmp", "312, os.getpid(), os.getpid(), 1, 0, 0")]
    [InlineData("setns", "308, -1, 0")]
    [InlineData("unshare of users", "272, 0x10000000")]
    [InlineData("clone with a user namespace", "56, 0x10000011, 0, 0, 0, 0")]
    public async Task Call_is_not_permitted(string name, string arguments)
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Equal((name, NotPermitted), (name, await CallAsync(repl, arguments)));
    }

    [Fact]
    public async Task Calls_whose_harmless_form_is_needed_still_have_it()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Equal("-1 ENOSYS\r\n", await CallAsync(repl, "435, 0, 0"));
        // unshare(CLONE_FILES), and a socket of each family that programs use.
        Assert.Equal("0 OK\r\n", await CallAsync(repl, "272, 0x400"));
        foreach (var family in (string[])["1", "2", "10", "16"])
            Assert.Equal("3 OK\r\n", await CallAsync(repl, $"41, {family}, 2, 0"));
        // AF_VSOCK, AF_ALG and AF_PACKET.
        Assert.Equal("-1 EAFNOSUPPORT\r\n", await CallAsync(repl, "41, 40, 1, 0"));
        Assert.Equal("-1 EAFNOSUPPORT\r\n", await CallAsync(repl, "41, 38, 5, 0"));
        Assert.Equal("-1 EAFNOSUPPORT\r\n", await CallAsync(repl, "41, 17, 3, 0"));
    }

    [Fact]
    public async Task Socket_cannot_be_made_to_linger_and_other_options_can_be_set()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        const string Options = "import socket, struct; s = socket.socket(); s.setsockopt(1, 7, 4096); s.setsockopt(6, 1, 1); print(\"set\", flush=True); s.setsockopt(1, 13, struct.pack(\"ii\", 1, 9))";
        Assert.Equal("set\r\nPermissionError: [Errno 1] Operation not permitted\r\n", await repl.RunAsync($"python3 -c '{Options}' 2>&1 | grep -e set$ -e Error"));
    }

    [Theory]
    [InlineData("import ctypes; ctypes.CDLL(None).syscall(0x40000000 + 39)")]
    [InlineData("import ctypes, mmap; m = mmap.mmap(-1, 4096, flags=34, prot=7); m.write(bytes([0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3])); ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()")]
    public async Task Process_that_speaks_another_abi_is_killed(string program)
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        // 128 and SIGSYS.
        Assert.EndsWith("code=159\r\n", await repl.RunAsync($"python3 -c '{program}' 2>/dev/null; echo code=$?"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_holds_for_all_threads_of_the_agent_and_for_what_the_repl_starts()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Equal("Seccomp:\t2\r\n", await repl.RunAsync("grep -h Seccomp: /proc/1/task/*/status | sort -u"));
        Assert.Equal("Seccomp:\t2\r\n", await repl.RunAsync("setsid --wait bash -c 'grep -h Seccomp: /proc/self/status'"));
    }

    [Theory]
    [InlineData("python3", "python3 -c 'import threading, subprocess; t = threading.Thread(target=print, args=(\"thread\",)); t.start(); t.join(); print(subprocess.check_output([\"echo\", \"child\"]))'", "thread\r\nb'child\\n'\r\n")]
    [InlineData("python3", "python3 -c 'import multiprocessing as m; print(m.Pool(2).map(abs, [-1, -2]), m.Value(\"i\", 7).value)'", "[1, 2] 7\r\n")]
    [InlineData("psql", "psql -h 127.0.0.1 -c 'SELECT 1' 2>&1 | grep -c refused", "1\r\n")]
    [InlineData("bash", "echo one two | { read a b; echo $b; }; (exec echo sub)", "two\r\nsub\r\n")]
    [InlineData("node", "node -e 'const fs = require(\"fs\"); fs.writeFileSync(\"/tmp/a\", \"x\"); fs.promises.readFile(\"/tmp/a\").then(b => console.log(String(b), require(\"child_process\").execSync(\"echo child\").toString().trim()))'", "x child\r\n")]
    public async Task What_developers_use_still_works(string program, string command, string expected)
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        var output = await repl.RunAsync($"if command -v {program} > /dev/null; then {command}; else echo absent; fi");

        Assert.True(output == expected || (program == "node" && output == "absent\r\n"), output);
    }

    /// <summary>Makes a system call from Python in the sandbox: what it returned, and the name of the error.</summary>
    private static Task<string> CallAsync(Repl repl, string arguments) =>
        repl.RunAsync($"python3 -c 'import ctypes, errno, os; c = ctypes.CDLL(None, use_errno=True); r = c.syscall({arguments}); print(r, errno.errorcode[ctypes.get_errno()] if r < 0 else \"OK\")'");
}
