using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SafeConsole.Runners.Frames;

/// <summary>Turns one message of an agent into a frame. The message is hostile until it was read.</summary>
internal static class FrameReader
{
    private const int LongestSentence = 1000;

    // A thousand processors for a month; more is no measurement, and less than a TimeSpan holds.
    private const double MostSeconds = 3e9;

    /// <summary>Throws <see cref="RunnerLinkException"/> for an empty message, an unknown kind or a body that is not what its kind says.</summary>
    public static RunnerFrame Read(ReadOnlyMemory<byte> message)
    {
        if (message.IsEmpty)
            throw new RunnerLinkException("The runner's agent sent an empty message.");
        var body = message[1..];
        return (FrameKind)message.Span[0] switch
        {
            FrameKind.Output => new OutputFrame(body),
            FrameKind.Echo => ReadEcho(body.Span),
            FrameKind.Hello => Parse(body, FrameJson.Default.HelloFrame),
            FrameKind.Exit => ReadExit(body),
            FrameKind.Failure => ReadFailure(body),
            FrameKind.Usage => ReadUsage(body),
            FrameKind.Log => ReadLog(body),
            _ => throw new RunnerLinkException($"The runner's agent sent a message of the unknown kind 0x{message.Span[0]:x2}."),
        };
    }

    private static EchoFrame ReadEcho(ReadOnlySpan<byte> body) => body switch
    {
        [0] => new EchoFrame(Visible: false),
        [1] => new EchoFrame(Visible: true),
        _ => throw Unreadable("echo state"),
    };

    private static ExitFrame ReadExit(ReadOnlyMemory<byte> body)
    {
        var exit = Parse(body, FrameJson.Default.ExitFrame);
        return exit is { Code: not null, Signal: null } or { Code: null, Signal: not null } ? exit : throw Unreadable("exit");
    }

    private static FailureFrame ReadFailure(ReadOnlyMemory<byte> body)
    {
        var failure = Parse(body, FrameJson.Default.FailureFrame);
        return failure.Message.Length <= LongestSentence ? failure : throw Unreadable("failure");
    }

    private static UsageFrame ReadUsage(ReadOnlyMemory<byte> body)
    {
        var usage = Parse(body, FrameJson.Default.UsageFrame);
        return usage is { Processor: >= 0 and < MostSeconds, Memory: >= 0 } ? usage : throw Unreadable("usage");
    }

    private static LogFrame ReadLog(ReadOnlyMemory<byte> body)
    {
        var line = Parse(body, FrameJson.Default.LogFrame);
        return line.Text.Length <= LongestSentence ? line : throw Unreadable("log");
    }

    private static T Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new RunnerLinkException($"The runner's agent sent a {typeof(T).Name} that cannot be read.", e);
        }
    }

    private static RunnerLinkException Unreadable(string what) => new($"The runner's agent sent an {what} message that cannot be read.");
}
