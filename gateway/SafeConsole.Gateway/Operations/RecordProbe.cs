using SafeConsole.Gateway.Review;

namespace SafeConsole.Gateway.Operations;

/// <summary>Whether transcripts can be written: without them no session may run.</summary>
public sealed class RecordProbe(IConfiguration configuration, TimeProvider time)
{
    private const long LeastFree = 64L * 1024 * 1024;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private long? probed;
    private bool writable;

    /// <summary>True when the transcripts' folder takes files and its disk has 64 MiB free; looked at every five seconds at most.</summary>
    public bool IsWritable()
    {
        lock (gate)
        {
            if (probed is { } at && time.GetElapsedTime(at) < Every)
                return writable;
            probed = time.GetTimestamp();
            return writable = Probe(TranscriptSetup.Folder(configuration));
        }
    }

    private static bool Probe(string folder)
    {
        try
        {
            var probe = Path.Combine(folder, ".probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new DriveInfo(folder).AvailableFreeSpace > LeastFree;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
