namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>What a cancel request must know: process number and secret in hex digits, 4 bytes in protocol 3.0, up to 256 in 3.2. Prints without the secret.</summary>
internal readonly record struct BackendKey(int Process, string Secret)
{
    public override string ToString() => $"{Process}/***";
}
