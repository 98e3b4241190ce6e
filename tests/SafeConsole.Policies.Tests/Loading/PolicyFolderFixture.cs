namespace SafeConsole.Policies.Tests.Loading;

/// <summary>A policy folder in a temporary place, with one good target to begin with.</summary>
internal sealed class PolicyFolderFixture : IDisposable
{
    public const string Defaults = """
        access: { reason: optional }
        database: { proof: { standby: required, role: required, maximumLag: 60s } }
        limits:
          statementTimeout: 5s
          lockTimeout: 1s
          idleInTransaction: 60s
          rowsPerStatement: 100_000
          bytesPerStatement: 64MiB
          connections: 10
          preparedStatements: 1_000
          cursors: 100
          statementLength: 1MiB
          sessionLength: 60m
          idle: 15m
          memory: 512MiB
          processes: 64
          processors: 1
          runawayProcessors: 0.5
          runawayAfter: 5m
          disk: 256MiB
          transcript: 256MiB
        """;

    public const string Target = """
        title: Recipes
        application: Recipes
        environment: production
        owner: Recipes team
        description: The recipe-sharing site.
        repl:
          name: psql
          launcher: sandbox
          options:
            - { name: psql, title: psql, description: Plain, command: [psql, --no-psqlrc] }
        database:
          engine: postgres
          host: 127.0.0.1
          port: 5432
          name: recipes
          role: safe_reader
          tls: disable
        access:
          groups: [developers]
        """;

    public PolicyFolderFixture()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "targets"));
        Write("default.yaml", Defaults);
        Write("targets/recipes.yaml", Target);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "safeconsole-policies-" + Guid.NewGuid().ToString("N"));

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(Folder, path), text);

    /// <summary>As careful editors do: a new file beside, then a rename over the old one.</summary>
    public void Replace(string path, string text)
    {
        string beside = Path.Combine(Folder, path + "~");
        File.WriteAllText(beside, text);
        File.Move(beside, Path.Combine(Folder, path), overwrite: true);
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
