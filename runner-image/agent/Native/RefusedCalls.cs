namespace SafeConsole.Agent.Native;

/// <summary>The system calls that nothing in a runner may make, by their numbers on x86-64 (asm/unistd_64.h).</summary>
internal static class RefusedCalls
{
    /// <summary>All of them; each fails with EPERM.</summary>
    public static IReadOnlyList<uint> All { get; } =
    [
        // Memory that belongs to no process and no limit counts: memfd_create, memfd_secret, and System V's shmget, semget, msgget.
        319, 447, 29, 64, 68,
        // The kernel's key rings: add_key, request_key, keyctl.
        248, 249, 250,
        // Programs and events inside the kernel: bpf, perf_event_open, userfaultfd, io_uring_setup, io_uring_enter, io_uring_register.
        321, 298, 323, 425, 426, 427,
        // Other processes' memory and descriptors: ptrace, process_vm_readv, process_vm_writev, process_madvise, kcmp, pidfd_getfd.
        101, 310, 311, 440, 312, 438,
        // Mounts and roots: mount, umount2, pivot_root, chroot, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr, open_tree_attr.
        165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442, 467,
        // Namespaces of others, and files by handle: setns, name_to_handle_at, open_by_handle_at.
        308, 303, 304,
        // The machine: kexec_load, kexec_file_load, init_module, finit_module, delete_module, reboot, swapon, swapoff, acct, syslog.
        246, 320, 175, 313, 176, 169, 167, 168, 163, 103,
        // Ports, segments and watches of the whole system: iopl, ioperm, modify_ldt, quotactl, quotactl_fd, fanotify_init.
        172, 173, 154, 179, 443, 300,
    ];
}
