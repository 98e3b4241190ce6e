using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Commands;

/// <summary>The built gateway, run as `statements judge` with lines on standard input.</summary>
internal sealed class JudgeProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly Task<string> errors;

    private JudgeProcess(string[] arguments)
    {
        // The working folder has neither appsettings.json nor policies, and the environment no settings of the gateway.
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SafeConsole.Gateway"), arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = new UTF8Encoding(false),
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SafeConsole", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        process = Process.Start(start)!;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The policies of this repository.</summary>
    public static string Policies => RepositoryRoot.At("policies");

    /// <summary>Starts it for target recipes of this repository, with further arguments.</summary>
    public static JudgeProcess Start(params string[] further) => new(["statements", "judge", "--target", "recipes", "--policies", Policies, .. further]);

    /// <summary>Runs it with these arguments alone, to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments, string input = "")
    {
        using var run = new JudgeProcess(arguments);
        return await run.FinishAsync(input);
    }

    /// <summary>Writes one line and reads the answer to it.</summary>
    public async Task<JsonElement> AskAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<JsonElement>((await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline))!);
    }

    /// <summary>Writes the rest of the input and reads all there is to read.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> FinishAsync(string input = "")
    {
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code and errors say why.
        }

        var text = await output.WaitAsync(Deadline);
        await process.WaitForExitAsync().WaitAsync(Deadline);
        return (process.ExitCode, text, await errors);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
