using System.Globalization;

namespace SafeConsole.Runners.Processes;

/// <summary>A process and all its descendants, as /proc shows them now.</summary>
internal static class ProcessFamily
{
    /// <summary>The children of a process, of all its threads; empty when it is gone.</summary>
    public static IReadOnlyList<int> ChildrenOf(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process}/task")
                .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The process itself first, then its descendants.</summary>
    public static IEnumerable<int> Of(int process) => ChildrenOf(process).SelectMany(Of).Prepend(process);

    /// <summary>
    /// Memory in bytes that the family holds and no file backs (RssAnon and RssShmem of /proc/PID/status), with its page tables (VmPTE): reading a mapping that holds
    /// nothing takes these alone. Pages that two of them share after a fork are counted twice.
    /// </summary>
    public static long MemoryOf(int process) => Of(process).Sum(OwnMemory);

    private static long OwnMemory(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").Sum(Kilobytes) * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long Kilobytes(string line) =>
        line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal) || line.StartsWith("VmPTE:", StringComparison.Ordinal)
            ? long.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim(" \tkB"), CultureInfo.InvariantCulture)
            : 0;
}
