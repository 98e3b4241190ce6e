using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SafeConsole.Runners;

/// <summary>
/// Issues tickets and redeems each at most once, until it expires. Only hashes are kept, so nothing here can be listed or leaked. Thread-safe.
/// </summary>
public sealed class RunnerTickets(TimeProvider time, TimeSpan lifetime)
{
    private const int SecretBytes = 32;
    private readonly ConcurrentDictionary<string, Pending> pending = new(StringComparer.Ordinal);

    /// <summary>Tickets that live for two minutes.</summary>
    public RunnerTickets(TimeProvider time)
        : this(time, TimeSpan.FromMinutes(2))
    {
    }

    /// <summary>A new ticket for a session: 256 random bits, base64url.</summary>
    public RunnerTicket Issue(string session)
    {
        ForgetExpired();
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        pending[Hash(secret)] = new Pending(session, time.GetTimestamp());
        return new RunnerTicket(secret);
    }

    /// <summary>The session that a secret was issued for; false when it is unknown, expired, revoked, or was redeemed before.</summary>
    public bool TryRedeem(string? secret, [NotNullWhen(true)] out string? session)
    {
        session = null;
        if (string.IsNullOrEmpty(secret) || !pending.TryRemove(Hash(secret), out var ticket) || IsExpired(ticket))
            return false;
        session = ticket.Session;
        return true;
    }

    /// <summary>Makes a session's tickets worthless, when it ended before its runner came.</summary>
    public void Revoke(string session)
    {
        foreach (var (hash, ticket) in pending)
        {
            if (ticket.Session == session)
                pending.TryRemove(hash, out _);
        }
    }

    private void ForgetExpired()
    {
        foreach (var (hash, ticket) in pending)
        {
            if (IsExpired(ticket))
                pending.TryRemove(hash, out _);
        }
    }

    // By the time that passed: a clock that is set while a runner starts is no reason to refuse it.
    private bool IsExpired(Pending ticket) => time.GetElapsedTime(ticket.Issued) >= lifetime;

    private static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private sealed record Pending(string Session, long Issued);
}
