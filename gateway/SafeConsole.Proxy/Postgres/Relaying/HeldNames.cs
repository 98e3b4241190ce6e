namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>How many prepared statements and portals there are, and how many characters the statements' texts and types come to.</summary>
internal readonly record struct HeldNames(int Statements, int Portals, long TextLength)
{
    public static HeldNames operator +(HeldNames one, HeldNames other) =>
        new(one.Statements + other.Statements, one.Portals + other.Portals, one.TextLength + other.TextLength);
}
