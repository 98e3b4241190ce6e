namespace SafeConsole.Policies.Procedures;

/// <summary>Walks the fields of one protobuf message (protobuf.dev/programming-guides/encoding), whose numbers and bytes are all that is needed.</summary>
internal sealed class ProtobufFields(byte[] message)
{
    private int place;

    /// <summary>The field's number.</summary>
    public int Number { get; private set; }

    /// <summary>Its value, if it is a number.</summary>
    public ulong Value { get; private set; }

    /// <summary>Whether it is bytes.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>Where its bytes start.</summary>
    public int Start { get; private set; }

    /// <summary>How many they are.</summary>
    public int Length { get; private set; }

    /// <summary>Goes to the next field; false at the end. Throws <see cref="InvalidDataException"/> for what is no message.</summary>
    public bool Next()
    {
        if (place >= message.Length)
        {
            return false;
        }

        ulong key = Number64();
        Number = (int)(key >> 3);
        IsBytes = (key & 7) == 2;
        Value = (key & 7) switch
        {
            0 => Number64(),
            2 => Bytes(),
            _ => throw new InvalidDataException("The parser's tokens cannot be read."),
        };
        return true;
    }

    private ulong Bytes()
    {
        ulong length = Number64();
        if (length > (ulong)(message.Length - place))
        {
            throw new InvalidDataException("The parser's tokens cannot be read.");
        }

        (Start, Length) = (place, (int)length);
        place += Length;
        return length;
    }

    private ulong Number64()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && place < message.Length; shift += 7)
        {
            byte part = message[place++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("The parser's tokens cannot be read.");
    }
}
