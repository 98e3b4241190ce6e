using System.Globalization;

namespace SafeConsole.EndToEnd;

/// <summary>The processes of this machine as /proc shows them, those in sandboxes included.</summary>
internal static class HostProcesses
{
    /// <summary>Ids of the processes whose command line holds a text.</summary>
    public static int[] With(string text) =>
        [.. Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder)).Where(name => char.IsAsciiDigit(name[0]))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture)).Where(id => CommandLine(id).Contains(text, StringComparison.Ordinal))];

    /// <summary>The name of a process, which is that of its executable; empty when it is gone.</summary>
    public static string Name(int process) => Read($"/proc/{process}/comm").TrimEnd();

    /// <summary>The nearest ancestor whose command line holds a text.</summary>
    public static int Ancestor(int process, string text)
    {
        for (var id = Parent(process); id > 1; id = Parent(id))
        {
            if (CommandLine(id).Contains(text, StringComparison.Ordinal))
            {
                return id;
            }
        }
        throw new InvalidOperationException($"Process {process} has no ancestor with «{text}».");
    }

    private static string CommandLine(int process) => Read($"/proc/{process}/cmdline").Replace('\0', ' ');

    private static int Parent(int process)
    {
        var line = Read($"/proc/{process}/status").Split('\n').FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line[5..], CultureInfo.InvariantCulture);
    }

    // A process may be gone between being listed and being read.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
