using System.Diagnostics;

namespace SafeConsole.Testing;

/// <summary>What a program that ran to its end had to say.</summary>
public sealed record FinishedProcess(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs a program and waits for its end; on cancellation it and its children are killed.</summary>
    public static async Task<FinishedProcess> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation = default)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
            return new FinishedProcess(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Throws when the program ended with another exit code than 0; the message carries what it wrote to standard error.</summary>
    public FinishedProcess OrThrow() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"Exit code {ExitCode}: {Errors.Trim()}");
}
