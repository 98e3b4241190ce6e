using System.Buffers.Binary;
using SafeConsole.Testing.Fuzzing;

namespace SafeConsole.Proxy.Tests.Fuzzing;

/// <summary>Changes a stream of messages: their order, number and bodies, with lengths that mostly stay true, so that what comes out reaches beyond the framing.</summary>
internal static class FrameMutator
{
    public static byte[] Mutate(Random random, IReadOnlyList<byte[]> corpus)
    {
        if (random.Next(4) == 0)
        {
            return ByteMutator.Mutate(random, corpus);
        }

        List<byte[]> frames = Split(corpus[random.Next(corpus.Count)]);
        for (int changes = random.Next(1, 6); changes > 0; changes--)
        {
            Change(random, frames, Split(corpus[random.Next(corpus.Count)]));
        }

        return [.. frames.Take(200).SelectMany(frame => frame)];
    }

    /// <summary>The messages of a stream; what is behind the last whole one is left out.</summary>
    public static List<byte[]> Split(ReadOnlySpan<byte> stream)
    {
        List<byte[]> frames = [];
        while (stream.Length >= 5 && BinaryPrimitives.ReadInt32BigEndian(stream[1..]) is var length and >= 4 && length < stream.Length)
        {
            frames.Add(stream[..(length + 1)].ToArray());
            stream = stream[(length + 1)..];
        }

        return frames;
    }

    private static void Change(Random random, List<byte[]> frames, List<byte[]> other)
    {
        int at = random.Next(frames.Count + 1);
        switch (random.Next(6))
        {
            case 0 when at < frames.Count:
                frames.RemoveAt(at);
                break;
            case 1 when at < frames.Count:
                frames.Insert(random.Next(frames.Count + 1), frames[at]);
                break;
            case 2 when other.Count > 0:
                frames.Insert(at, other[random.Next(other.Count)]);
                break;
            case 3 when other.Count > 0:
                frames.InsertRange(at, other);
                break;
            case 4 when at < frames.Count && other.Count > 0:
                frames[at] = Framed(frames[at][0], ByteMutator.Mutate(random, [frames[at][5..], other[random.Next(other.Count)][5..]]));
                break;
            case 5 when at < frames.Count:
                frames[at] = [(byte)random.Next(256), .. frames[at][1..]];
                break;
        }
    }

    private static byte[] Framed(byte type, byte[] body)
    {
        byte[] frame = [type, 0, 0, 0, 0, .. body];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), body.Length + 4);
        return frame;
    }
}
