using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SafeConsole.Transcripts.Storage;

/// <summary>
/// The layout on disk: a folder for each UTC day on which sessions began, in it <c>&lt;session&gt;.ndjson</c> and, once closed,
/// <c>&lt;session&gt;.seal.json</c>. Folders have mode 0700, files 0600. One process writes: it holds the lock on <c>writer.lock</c>.
/// </summary>
internal sealed class StoreFolder : IDisposable
{
    private const string LinesSuffix = ".ndjson";
    private const string SealSuffix = ".seal.json";
    private const string DayFormat = "yyyy-MM-dd";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _root;
    private readonly ConcurrentDictionary<string, string> _found = new(StringComparer.Ordinal);
    private FileStream? _lock;

    public StoreFolder(string root)
    {
        _root = Path.GetFullPath(root);
        Directory.CreateDirectory(_root, OwnerOnly);
    }

    public static string SealPath(string linesPath) => linesPath[..^LinesSuffix.Length] + SealSuffix;

    public static SafeFileHandle OpenForReading(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);

    /// <summary>Makes this process the writer. Throws <see cref="IOException"/> while another one is.</summary>
    public void TakeLock()
    {
        if (_lock is not null)
        {
            return;
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            UnixCreateMode = SmallFile.OwnerOnly,
            BufferSize = 0,
        };
        _lock = new FileStream(Path.Combine(_root, "writer.lock"), options);
    }

    /// <summary>The path for a new session's lines; makes the day's folder. The store's own folder is not made again: if it is gone, the volume is.</summary>
    public string PathForNew(string session, DateTimeOffset now)
    {
        if (!Directory.Exists(_root))
        {
            throw new IOException($"The folder {_root} does not exist any more.");
        }

        string day = Path.Combine(_root, now.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture));
        if (!Directory.Exists(day))
        {
            Directory.CreateDirectory(day, OwnerOnly);
            NativeFile.SyncFolder(_root);
        }

        return Path.Combine(day, session + LinesSuffix);
    }

    /// <summary>The path of a session's lines; null if there are none or the id is none.</summary>
    public string? Find(string session)
    {
        if (!SessionId.IsValid(session))
        {
            return null;
        }

        if (_found.TryGetValue(session, out string? known) && File.Exists(known))
        {
            return known;
        }

        string? path = Days().Select(day => Path.Combine(day, session + LinesSuffix)).FirstOrDefault(File.Exists);
        if (path is not null)
        {
            _found[session] = path;
        }

        return path;
    }

    /// <summary>The folders of days, newest first.</summary>
    public IEnumerable<string> Days() =>
        Directory.EnumerateDirectories(_root)
            .Where(path => DateOnly.TryParseExact(Path.GetFileName(path), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .OrderDescending(StringComparer.Ordinal);

    /// <summary>The sessions in a day's folder with the paths of their lines. Files that are not named by a session are passed over.</summary>
    public static IEnumerable<(string Session, string Path)> SessionsIn(string day) =>
        Directory.EnumerateFiles(day, "*" + LinesSuffix)
            .Select(path => (Session: Path.GetFileName(path)[..^LinesSuffix.Length], Path: path))
            .Where(found => SessionId.IsValid(found.Session));

    public void Dispose() => _lock?.Dispose();
}
