using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Hosting;

/// <summary>Policy files for tests: a shell on a target named `shell`, one that only others may open, and whatever a test adds.</summary>
public sealed class PolicyFolder(string folder)
{
    /// <summary>Writes the two targets.</summary>
    public void WriteDefaults()
    {
        Directory.CreateDirectory(folder);
        File.Copy(RepositoryRoot.At("policies", "default.yaml"), Path.Combine(folder, "default.yaml"), overwrite: true);
        Write("shell", Shell());
        Write("locked", Shell(group: "nobody"));
    }

    /// <summary>Writes a target's file.</summary>
    public void Write(string target, string yaml)
    {
        Directory.CreateDirectory(Path.Combine(folder, "targets"));
        File.WriteAllText(Path.Combine(folder, "targets", $"{target}.yaml"), yaml);
    }

    /// <summary>Removes a target's file.</summary>
    public void Delete(string target) => File.Delete(Path.Combine(folder, "targets", $"{target}.yaml"));

    /// <summary>A policy for a shell, or another command, as its REPL.</summary>
    public static string Shell(
        string group = "safeconsole-developers", string command = "[bash, --norc, --noprofile]", string launcher = "sandbox",
        string sessionLength = "60m", string idle = "15m", string option = "bash", string transcript = "256MiB", int warm = 0, string runawayProcessors = "0.5", string runawayAfter = "5m") => $"""
        title: A shell
        application: Shells
        environment: test
        owner: "The shell team"
        description: Where tests type.
        repl:
          name: bash
          launcher: {launcher}
          warm: {warm}
          options:
            - name: {option}
              title: bash
              description: Plain bash
              command: {command}
          environment: {@"{ PS1: '$ ' }"}
        database:
          engine: postgres
          host: 127.0.0.1
          port: 5432
          name: recipes
          role: safe_reader
          credential: env:NOT_SET
          tls: verify-full
          certificateAuthority: env:NOT_SET
        access:
          groups: [{group}]
          reason: required
          reasonPattern: 'T-[0-9]+.*'
          reasonExample: 'T-1 looking'
        limits:
          sessionLength: {sessionLength}
          idle: {idle}
          memory: 512MiB
          runawayProcessors: {runawayProcessors}
          runawayAfter: {runawayAfter}
          transcript: {transcript}
        """;
}
