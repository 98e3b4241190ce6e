using System.Diagnostics;

namespace SafeConsole.Testing;

/// <summary>Waits for what another thread or process brings about, by asking again until a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Returns when <paramref name="condition"/> holds; throws <see cref="TimeoutException"/> after 20 s or <paramref name="within"/>.</summary>
    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? within = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, within);

    /// <summary>Returns when <paramref name="condition"/> holds; throws <see cref="TimeoutException"/> after 20 s or <paramref name="within"/>.</summary>
    public static Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null) =>
        ReturnsAsync(async () => await condition() ? what : null, what, within);

    /// <summary>Returns the first answer of <paramref name="question"/> that is not null; throws <see cref="TimeoutException"/> after 20 s or <paramref name="within"/>.</summary>
    public static async Task<T> ReturnsAsync<T>(Func<Task<T?>> question, string what, TimeSpan? within = null)
        where T : class
    {
        var deadline = within ?? Patience;
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await question();
            if (answer is not null)
            {
                return answer;
            }
            if (watch.Elapsed > deadline)
            {
                throw new TimeoutException($"Not within {deadline.TotalSeconds:0.#} s: {what}.");
            }
            await Task.Delay(Pause);
        }
    }
}
