namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// A prepared statement that has a name. By Parse, running it runs its text; by SQL PREPARE, running it runs what stands behind AS in one
/// of the text's parts, and none of what the text itself does.
/// </summary>
internal sealed record PreparedStatement(GatedStatement Gated, bool BySql);
