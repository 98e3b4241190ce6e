using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SafeConsole.Transcripts.Events;
using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>A store in a folder of its own, with time that stands still unless it is moved.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string Session = "0193a5b2-7c41-7e55-9a10-5d1c0be4f001";
    public const string OtherSession = "0193a5b2-7c41-7e55-9a10-5d1c0be4f002";

    public static readonly DateTimeOffset Start = new(2026, 11, 23, 17, 0, 0, 123, 456, TimeSpan.Zero);
    public static readonly SessionEnded End = new(SessionEndReason.ReplExited, "The REPL exited.", 0);

    private readonly string _base = Directory.CreateTempSubdirectory("transcripts-").FullName;
    private readonly Func<string, IAppendFile> _createFile;

    public TestStore(Func<string, IAppendFile>? createFile = null)
    {
        _createFile = createFile ?? AppendFile.Create;
        Key = TranscriptSigningKey.OpenOrCreate(KeyPath);
        Store = NewStore();
    }

    public string Folder => Path.Combine(_base, "store");

    public string KeyPath => Path.Combine(_base, "seal.key");

    public FakeTimeProvider Time { get; } = new(Start);

    public TranscriptSigningKey Key { get; }

    public FileTranscriptStore Store { get; private set; }

    public static SessionOpened Opened(string session = Session) =>
        new(session, new Person("https://id.example", "dana", "Dana"), "recipes", "psql", "REC-7", "4f1c", 80, 24);

    public static TerminalOutput Output(string text) => new(TerminalBytes.From(Encoding.UTF8.GetBytes(text)));

    /// <summary>What the next start of the gateway would open.</summary>
    public async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Store = NewStore();
    }

    public string PathOf(string session = Session) =>
        Directory.EnumerateFiles(Folder, session + ".ndjson", SearchOption.AllDirectories).Single();

    public string SealPathOf(string session = Session) => StoreFolder.SealPath(PathOf(session));

    /// <summary>The stored lines as text, without newlines.</summary>
    public string[] LinesOf(string session = Session) => File.ReadAllText(PathOf(session)).Split('\n')[..^1];

    public async Task<Transcript> WriteAsync(int events, string session = Session)
    {
        Transcript transcript = await Store.CreateAsync(session, default);
        await transcript.AppendAsync(Opened(session), default);
        for (int i = 2; i <= events; i++)
        {
            await transcript.AppendAsync(Output($"line {i}\r\n"), default);
        }

        return transcript;
    }

    public async Task<Transcript> WriteSealedAsync(int events, string session = Session)
    {
        Transcript transcript = await WriteAsync(events - 1, session);
        await transcript.SealAsync(End, default);
        return transcript;
    }

    public Task<TranscriptVerification> VerifyAsync(string session = Session) => Store.VerifyAsync(session, default);

    public async Task<List<TranscriptLine>> ReadAsync(long from = 1, bool follow = false, string session = Session)
    {
        var lines = new List<TranscriptLine>();
        await foreach (TranscriptLine line in Store.ReadAsync(session, from, follow, default))
        {
            lines.Add(line);
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Key.Dispose();
        Directory.Delete(_base, recursive: true);
    }

    private FileTranscriptStore NewStore() => new(Folder, Time, Key, NullLogger<FileTranscriptStore>.Instance, _createFile);
}
