namespace SafeConsole.Runners.Processes;

/// <summary>Reads a stream to its end and keeps the last 4 KiB of it.</summary>
internal sealed class StandardErrorTail
{
    private const int Kept = 4096;
    private readonly Lock gate = new();
    private string tail = "";

    public StandardErrorTail(TextReader reader) => Completed = ReadAsync(reader);

    /// <summary>Completes at the end of the stream. Never faults.</summary>
    public Task Completed { get; }

    /// <summary>The last line that is not blank, without what a terminal would act on; null when there was none.</summary>
    public string? LastLine
    {
        get
        {
            lock (gate)
            {
                var line = tail.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
                return line is null ? null : string.Concat(line.Where(character => !char.IsControl(character)));
            }
        }
    }

    private async Task ReadAsync(TextReader reader)
    {
        var buffer = new char[1024];
        try
        {
            int length;
            while ((length = await reader.ReadAsync(buffer.AsMemory())) > 0)
            {
                lock (gate)
                {
                    tail += new string(buffer, 0, length);
                    if (tail.Length > Kept)
                        tail = tail[^Kept..];
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone; what was read stands.
        }
    }
}
