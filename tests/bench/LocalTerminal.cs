using System.Diagnostics;
using System.Text;

namespace SafeConsole.Bench;

/// <summary>A program on a pty of this machine by util-linux's `script`: what a terminal costs without SafeConsole.</summary>
public sealed class LocalTerminal : IDisposable
{
    private readonly Process process;
    private readonly byte[] buffer = new byte[64 * 1024];

    /// <summary>Starts a shell command on a new pty.</summary>
    public LocalTerminal(string command)
    {
        var start = new ProcessStartInfo("script", ["--quiet", "--flush", "--return", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        process = Process.Start(start) ?? throw new InvalidOperationException("script (util-linux) did not start.");
    }

    /// <summary>Types text.</summary>
    public async Task TypeAsync(string text)
    {
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await process.StandardInput.BaseStream.FlushAsync();
    }

    /// <summary>Reads what the terminal shows until this many bytes came, or it ended; returns the number of bytes.</summary>
    public async Task<long> ReadAsync(long bytes)
    {
        long sum = 0;
        while (sum < bytes && await process.StandardOutput.BaseStream.ReadAsync(buffer) is > 0 and var read)
        {
            sum += read;
        }
        return sum;
    }

    /// <summary>Reads until the terminal showed this text.</summary>
    public async Task ReadUntilAsync(string text)
    {
        var shown = new StringBuilder();
        while (!shown.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await process.StandardOutput.BaseStream.ReadAsync(buffer);
            if (read == 0)
            {
                throw new InvalidOperationException($"The program ended before it showed «{text}»: {shown}");
            }
            shown.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
