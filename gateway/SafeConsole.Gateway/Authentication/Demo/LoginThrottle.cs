namespace SafeConsole.Gateway.Authentication.Demo;

/// <summary>
/// Bounds the guessing of passwords: 5 failures in 5 minutes for one account from one address, 30 from one address for all
/// accounts. An attempt counts from when it begins, so that parallel guesses do not slip by; a success clears the account's count.
/// </summary>
public sealed class LoginThrottle(TimeProvider time)
{
    /// <summary>Failures for one account from one address.</summary>
    public const int PerAccount = 5;

    /// <summary>Failures from one address.</summary>
    public const int PerAddress = 30;

    private const int MostKeys = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset Since)> attempts = [];

    /// <summary>Counts an attempt; false when it must not even be tried.</summary>
    public bool TryBegin(string account, string address)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (attempts.Count >= MostKeys)
                Forget(now);
            if (attempts.Count >= MostKeys || Count(address, now) >= PerAddress || Count(Key(account, address), now) >= PerAccount)
                return false;
            Add(address, now);
            Add(Key(account, address), now);
            return true;
        }
    }

    /// <summary>The attempt was right: it is not a guess.</summary>
    public void Succeeded(string account, string address)
    {
        lock (gate)
        {
            attempts.Remove(Key(account, address));
            if (attempts.TryGetValue(address, out var all))
                attempts[address] = all with { Count = Math.Max(0, all.Count - 1) };
        }
    }

    private static string Key(string account, string address) => $"{address} {account}";

    private int Count(string key, DateTimeOffset now) =>
        attempts.TryGetValue(key, out var entry) && now - entry.Since < Window ? entry.Count : 0;

    private void Add(string key, DateTimeOffset now) =>
        attempts[key] = Count(key, now) is > 0 and var count ? (count + 1, attempts[key].Since) : (1, now);

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, entry) in attempts)
        {
            if (now - entry.Since >= Window)
                attempts.Remove(key);
        }
    }
}
