namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// A prepared statement that has a name. By Parse, running it runs its text; by SQL PREPARE, running it runs what stands behind AS in one
/// of the text's parts, and none of what the text itself does.
/// </summary>
/// <param name="Gated">The statement that gave the name.</param>
/// <param name="BySql">Whether it was SQL PREPARE.</param>
/// <param name="Batch">The batch that it was given in, as <see cref="ReplyQueue.Batch"/> counts.</param>
internal sealed record PreparedStatement(GatedStatement Gated, bool BySql, long Batch)
{
    /// <summary>What it keeps in memory, in characters; a parameter's type counts as two.</summary>
    public long Length => Gated.Origin.Sql.Length + ((Gated.Origin.ParameterTypes?.Count ?? 0) * 2L);
}
