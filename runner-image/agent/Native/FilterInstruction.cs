using System.Runtime.InteropServices;

namespace SafeConsole.Agent.Native;

/// <summary>One instruction of a seccomp program: `struct sock_filter` of linux/filter.h. Jumps count the instructions to leave out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand)
{
    private const ushort LoadWord = 0x20;        // BPF_LD | BPF_W | BPF_ABS
    private const ushort JumpIfEqual = 0x15;     // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort JumpIfAtLeast = 0x35;   // BPF_JMP | BPF_JGE | BPF_K
    private const ushort JumpIfAnyBit = 0x45;    // BPF_JMP | BPF_JSET | BPF_K
    private const ushort ReturnValue = 0x06;     // BPF_RET | BPF_K

    /// <summary>Loads 32 bits of `struct seccomp_data`.</summary>
    public static FilterInstruction Load(uint offset) => new(LoadWord, 0, 0, offset);

    /// <summary>Leaves out the next <paramref name="count"/> instructions unless the loaded value is this one.</summary>
    public static FilterInstruction SkipUnlessEqual(uint value, byte count) => new(JumpIfEqual, 0, count, value);

    /// <summary>Leaves out the next <paramref name="count"/> instructions if the loaded value is this one.</summary>
    public static FilterInstruction SkipIfEqual(uint value, byte count) => new(JumpIfEqual, count, 0, value);

    /// <summary>Leaves out the next <paramref name="count"/> instructions if the loaded value is smaller.</summary>
    public static FilterInstruction SkipIfBelow(uint value, byte count) => new(JumpIfAtLeast, 0, count, value);

    /// <summary>Leaves out the next <paramref name="count"/> instructions if none of these bits is set.</summary>
    public static FilterInstruction SkipUnlessAnyBit(uint bits, byte count) => new(JumpIfAnyBit, 0, count, bits);

    /// <summary>Ends the program with this verdict.</summary>
    public static FilterInstruction Return(uint verdict) => new(ReturnValue, 0, 0, verdict);
}
