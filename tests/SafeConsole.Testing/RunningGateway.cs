using System.Diagnostics;

namespace SafeConsole.Testing;

/// <summary>
/// The published gateway of .artifacts/ in demo mode on a free port, on a copy of policies/ that points to a cluster's standby.
/// Its state is in a folder that is deleted when it is disposed.
/// </summary>
public sealed class RunningGateway : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PostgresCluster cluster;
    private readonly Dictionary<string, string> settings;
    private readonly IReadOnlyDictionary<string, string> environment;
    private Process process;

    private RunningGateway(PostgresCluster cluster, (string Target, Func<string, string> Change)? edit, IEnumerable<KeyValuePair<string, string>> more, IReadOnlyDictionary<string, string> environment)
    {
        this.cluster = cluster;
        this.environment = environment;
        Address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        CopyPolicies();
        if (edit is { } wanted)
        {
            EditPolicy(wanted.Target, wanted.Change);
        }
        settings = Settings();
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }
        process = Launch();
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>The copy of policies/ that it reads; a test may edit it.</summary>
    public string PolicyFolder => folder.At("policies");

    /// <summary>The folder of its transcripts.</summary>
    public string TranscriptFolder => folder.At("transcripts");

    /// <summary>Its runtime folder, which also names it to a Docker engine.</summary>
    public string RuntimeFolder => folder.At("runtime");

    /// <summary>What it logged so far.</summary>
    public string Log => File.ReadAllText(folder.At("gateway.log"));

    /// <summary>Its process id.</summary>
    public int ProcessId => process.Id;

    /// <summary>Null where it is built, else a sentence that says what builds it.</summary>
    public static string? Missing =>
        File.Exists(RepositoryRoot.At(".artifacts", "gateway", "SafeConsole.Gateway.dll")) ? null : "The gateway is not built: run bash gateway/build.sh.";

    /// <summary>
    /// Starts it and returns when /health answers; before that, <paramref name="edit"/> changes one target's policy file, and
    /// <paramref name="settings"/> are added to its configuration, and <paramref name="environment"/> to its variables.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not built, or it did not start; the message holds the end of its log.</exception>
    public static async Task<RunningGateway> StartAsync(
        PostgresCluster cluster, (string Target, Func<string, string> Change)? edit = null, IReadOnlyDictionary<string, string>? settings = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        if (Missing is { } sentence)
        {
            throw new InvalidOperationException(sentence);
        }
        var gateway = new RunningGateway(cluster, edit, settings ?? new Dictionary<string, string>(), environment ?? new Dictionary<string, string>());
        try
        {
            await gateway.AnswersAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to stop in order, as Ctrl-C would, and waits; after 20 s it is killed.</summary>
    public async Task StopAsync()
    {
        if (process.HasExited)
        {
            return;
        }
        await FinishedProcess.RunAsync("kill", ["-TERM", $"{process.Id}"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Changes the copy of a target's policy file as a whole, as an editor saves it.</summary>
    public void EditPolicy(string target, Func<string, string> edit)
    {
        var file = Path.Combine(PolicyFolder, "targets", target + ".yaml");
        File.WriteAllText(file + ".saving", edit(File.ReadAllText(file)));
        File.Move(file + ".saving", file, overwrite: true);
    }

    /// <summary>Adds a target, or replaces it, as an editor saves it; the demo's ports in it become the cluster's.</summary>
    public void AddPolicy(string target, string text)
    {
        var file = Path.Combine(PolicyFolder, "targets", target + ".yaml");
        File.WriteAllText(file + ".saving", OnCluster(text));
        File.Move(file + ".saving", file, overwrite: true);
    }

    /// <summary>Kills it without a warning, as a crash of the machine would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Starts it again with the same state, on the same port.</summary>
    public async Task StartAgainAsync()
    {
        process.Dispose();
        process = Launch();
        await AnswersAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
        folder.Dispose();
    }

    private async Task AnswersAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        await Eventually.HoldsAsync(async () =>
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The gateway ended with exit code {process.ExitCode}: {Log}");
            }
            try
            {
                using var answer = await http.GetAsync("/health");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the gateway answers", TimeSpan.FromSeconds(60));
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["Urls"] = Address.ToString().TrimEnd('/'),
        ["Demo:Enabled"] = "true",
        ["Policies:Folder"] = PolicyFolder,
        ["Transcripts:Folder"] = TranscriptFolder,
        ["Data:Database"] = folder.At("gateway.db"),
        ["Runtime:Directory"] = RuntimeFolder,
        ["Runners:AgentPath"] = RepositoryRoot.At(".artifacts", "agent", "safeconsole-agent"),
        ["Web:Folder"] = RepositoryRoot.At(".artifacts", "web"),
    };

    private Process Launch()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet SafeConsole.Gateway.dll >>\"$0\" 2>&1", folder.At("gateway.log")])
        {
            WorkingDirectory = RepositoryRoot.At(".artifacts", "gateway"),
            RedirectStandardInput = true,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment["SafeConsole__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }
        start.Environment["SAFECONSOLE_DEMO_PASSWORD"] = cluster.ReaderPassword;
        start.Environment["SAFECONSOLE_DEMO_CA"] = cluster.CertificateAuthority;
        return Process.Start(start) ?? throw new InvalidOperationException("The gateway did not start.");
    }

    private void CopyPolicies()
    {
        var from = RepositoryRoot.At("policies");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(PolicyFolder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllText(to, OnCluster(File.ReadAllText(file)));
        }
    }

    private string OnCluster(string policy) => policy
        .Replace("55432", $"{cluster.PrimaryPort}", StringComparison.Ordinal)
        .Replace("55433", $"{cluster.StandbyPort}", StringComparison.Ordinal);
}
