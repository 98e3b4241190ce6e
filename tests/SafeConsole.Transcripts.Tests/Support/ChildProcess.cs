using System.Diagnostics;

namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>Runs a program to its end, or starts this assembly's own <see cref="Program"/>.</summary>
internal static class ChildProcess
{
    /// <summary>The command line that starts this assembly's own entry point.</summary>
    public static string[] Writer(params string[] arguments) =>
        [DotnetPath(), "exec", typeof(Program).Assembly.Location, .. arguments];

    public static Process Start(params string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        // With a limit on file sizes the runtime cannot make the 2 GiB mapping that this needs.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }

    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] command)
    {
        using Process process = Start(command);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static string DotnetPath() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
