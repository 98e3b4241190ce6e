using System.Data.Common;

namespace SafeConsole.Clients.DotNet;

/// <summary>Runs steps and prints one line for each: ok NAME, failed NAME: why, refused NAME: error.</summary>
internal static class Steps
{
    /// <summary>Runs a step; whatever it throws is what failed.</summary>
    public static async Task StepAsync(string name, Func<Task> work)
    {
        try
        {
            await work();
            Console.WriteLine($"ok {name}");
        }
        catch (Exception error)
        {
            Console.WriteLine($"failed {name}: {Words(error)}");
        }
    }

    /// <summary>Runs what must fail, and prints its error: the types from the outside in, and the SQLSTATE.</summary>
    public static async Task RefusedAsync(string name, Func<Task> work)
    {
        try
        {
            await work();
            Console.WriteLine($"failed {name}: it was not refused");
        }
        catch (Exception error)
        {
            var types = error.InnerException is { } inner ? $"{error.GetType().FullName} from {inner.GetType().FullName}" : error.GetType().FullName;
            Console.WriteLine($"refused {name}: {types} {((error.InnerException ?? error) as DbException)?.SqlState}");
        }
    }

    /// <summary>Throws unless both are equal.</summary>
    public static void Equal<T>(T found, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(found, expected))
        {
            throw new InvalidOperationException($"{found}, not {expected}");
        }
    }

    private static string Words(Exception error)
    {
        var text = $"{error.GetType().Name}: {error.Message} {error.InnerException?.Message}".ReplaceLineEndings(" | ");
        return text[..Math.Min(600, text.Length)];
    }
}
