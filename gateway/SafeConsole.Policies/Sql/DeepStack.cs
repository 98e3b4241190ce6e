namespace SafeConsole.Policies.Sql;

/// <summary>
/// Runs the parser for long texts on a thread with a stack that the deepest one of <see cref="SqlLimits.TextBytes"/> cannot exhaust:
/// 524,288 levels of 130 bytes are 65 MiB. The stack is reserved, not committed. Two at a time, so that memory stays bounded.
/// </summary>
internal static class DeepStack
{
    private const int StackBytes = 256 * 1024 * 1024;
    private static readonly SemaphoreSlim Places = new(2);

    /// <summary>Runs the work on such a thread and waits for it; an exception is thrown on to the caller.</summary>
    public static T Run<T>(Func<T> work)
    {
        Places.Wait();
        try
        {
            T result = default!;
            Exception? failure = null;
            var thread = new Thread(() => failure = Attempt(work, out result), StackBytes) { IsBackground = true, Name = "sql parser" };
            thread.Start();
            thread.Join();
            return failure is null ? result : throw new InvalidOperationException("The SQL parser failed.", failure);
        }
        finally
        {
            Places.Release();
        }
    }

    private static Exception? Attempt<T>(Func<T> work, out T result)
    {
        result = default!;
        try
        {
            result = work();
            return null;
        }
#pragma warning disable CA1031 // handed to the waiting thread, whatever it is
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return failure;
        }
    }
}
