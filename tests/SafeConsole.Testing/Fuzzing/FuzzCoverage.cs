using System.Reflection;
using System.Runtime.InteropServices;

namespace SafeConsole.Testing.Fuzzing;

/// <summary>
/// The code that an input reached, where SharpFuzz instrumented the assembly under test (tests/fuzz/run.sh does): each branch counts itself in a map of 64 KiB. Without
/// instrumentation there is no map and nothing is ever new.
/// </summary>
internal sealed unsafe class FuzzCoverage
{
    private const int Size = 64 * 1024;
    private static readonly byte* Map = Find();
    private readonly byte[] seen = new byte[Size];

    /// <summary>Whether anything is measured.</summary>
    public static bool IsMeasured => Map is not null;

    /// <summary>Whether the last input reached a branch, or an order of magnitude of its count, that none did before; then forgets what it reached.</summary>
    public bool Grew()
    {
        if (Map is null)
        {
            return false;
        }

        bool grew = false;
        for (int i = 0; i < Size; i++)
        {
            if (Map[i] != 0 && (seen[i] & Magnitude(Map[i])) == 0)
            {
                seen[i] |= Magnitude(Map[i]);
                grew = true;
            }
        }

        new Span<byte>(Map, Size).Clear();
        return grew;
    }

    private static byte Magnitude(byte count) => (byte)(1 << Math.Min(7, (int)System.Numerics.BitOperations.Log2(count)));

    private static byte* Find()
    {
        FieldInfo? field = Type.GetType("SharpFuzz.Common.Trace, SharpFuzz.Common")?.GetField("SharedMem");
        if (field is null)
        {
            return null;
        }

        byte* map = (byte*)NativeMemory.AllocZeroed(Size);
        field.SetValue(null, Pointer.Box(map, typeof(byte*)));
        return map;
    }
}
