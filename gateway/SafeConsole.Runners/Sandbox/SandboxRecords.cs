using System.Text.Json;

namespace SafeConsole.Runners.Sandbox;

/// <summary>The folder of the records, one file a sandbox.</summary>
internal sealed class SandboxRecords(string runtimeDirectory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Unfinished = ".new";
    private readonly string folder = Path.Combine(runtimeDirectory, "runners");

    /// <summary>Process numbers and start times mean something until the next boot only.</summary>
    public static string Boot { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>Writes or replaces a record.</summary>
    public void Write(SandboxRecord record)
    {
        Directory.CreateDirectory(folder, OwnerOnly);
        var path = PathOf(record.Runner);
        File.WriteAllBytes(path + Unfinished, JsonSerializer.SerializeToUtf8Bytes(record, SandboxRecordJson.Default.SandboxRecord));
        File.Move(path + Unfinished, path, overwrite: true);
    }

    /// <summary>Removes a record, also one that a full disk let be begun only.</summary>
    public void Delete(string runner)
    {
        File.Delete(PathOf(runner) + Unfinished);
        File.Delete(PathOf(runner));
    }

    /// <summary>All records; a file that cannot be read as one is deleted, for its sandbox died with its gateway anyway.</summary>
    public IReadOnlyList<SandboxRecord> ReadAll()
    {
        if (!Directory.Exists(folder))
            return [];
        var records = new List<SandboxRecord>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.json"))
        {
            try
            {
                records.Add(JsonSerializer.Deserialize(File.ReadAllBytes(path), SandboxRecordJson.Default.SandboxRecord) ?? throw new JsonException("null"));
            }
            catch (JsonException)
            {
                File.Delete(path);
            }
            catch (IOException)
            {
                // Its sandbox ended while we looked.
            }
        }
        return records;
    }

    private string PathOf(string runner) => Path.Combine(folder, runner + ".json");
}
