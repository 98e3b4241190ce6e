using System.Buffers.Binary;

namespace SafeConsole.Testing.Fuzzing;

/// <summary>Changes bytes as a hostile peer would: flips, cuts, repeats, splices, and lengths that lie.</summary>
public static class ByteMutator
{
    private const int Longest = 64 * 1024;
    private static readonly int[] Lengths = [0, 1, 3, 4, 5, 7, 8, 255, 256, 65535, 65536, 0x10000, 1 << 20, 1 << 30, int.MaxValue, int.MinValue, -1, -2];

    /// <summary>An input of the corpus, changed one to six times.</summary>
    public static byte[] Mutate(Random random, IReadOnlyList<byte[]> corpus)
    {
        byte[] bytes = corpus[random.Next(corpus.Count)];
        for (int changes = random.Next(1, 7); changes > 0; changes--)
        {
            bytes = Change(random, bytes, corpus);
        }

        return bytes.Length > Longest ? bytes[..Longest] : bytes;
    }

    private static byte[] Change(Random random, byte[] bytes, IReadOnlyList<byte[]> corpus)
    {
        int at = random.Next(bytes.Length + 1);
        int end = Math.Min(bytes.Length, at + random.Next(1, 33));
        byte[] other = corpus[random.Next(corpus.Count)];
        switch (random.Next(8))
        {
            case 0 when at < bytes.Length:
                return Written(bytes, at, [(byte)(bytes[at] ^ (1 << random.Next(8)))]);
            case 1 when at < bytes.Length:
                return Written(bytes, at, [(byte)random.Next(256)]);
            case 2 when at + 4 <= bytes.Length:
                byte[] length = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(length, random.Next(3) == 0 ? random.Next(64) : Lengths[random.Next(Lengths.Length)]);
                return Written(bytes, at, length);
            case 3:
                return [.. bytes[..at], .. bytes[end..]];
            case 4:
                return [.. bytes[..end], .. bytes[at..]];
            case 5:
                return [.. bytes[..at], .. other[random.Next(other.Length + 1)..]];
            case 6:
                int from = random.Next(other.Length + 1);
                return [.. bytes[..at], .. other[from..Math.Min(other.Length, from + random.Next(1, 65))], .. bytes[at..]];
            default:
                return bytes.Length == 0 ? [(byte)random.Next(256)] : bytes[..random.Next(bytes.Length)];
        }
    }

    private static byte[] Written(byte[] bytes, int at, ReadOnlySpan<byte> value)
    {
        byte[] changed = [.. bytes];
        value.CopyTo(changed.AsSpan(at));
        return changed;
    }
}
