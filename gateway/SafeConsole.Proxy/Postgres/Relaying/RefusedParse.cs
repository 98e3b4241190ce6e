namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// The last Parse of a pipeline that was refused. Until Sync the replica skips what comes after it; so a Bind of its name belongs to it, and not to the statement
/// that had the name before.
/// </summary>
internal sealed class RefusedParse
{
    private string? name;
    private string? portal;

    /// <summary>What was refused.</summary>
    public GatedStatement? Statement { get; private set; }

    /// <summary>A Parse of the name was refused.</summary>
    public void Refuse(string given, GatedStatement statement)
    {
        (name, Statement) = (given, statement);
        portal = null;
    }

    /// <summary>Another Parse gave the name.</summary>
    public void Replace(string given)
    {
        if (name == given)
        {
            End();
        }
    }

    /// <summary>Whether a statement's name means what was refused.</summary>
    public bool Is(string statement) => name == statement;

    /// <summary>Whether a Bind's portal is one of what was refused; <paramref name="statement"/> is the name that it binds.</summary>
    public bool Takes(string statement, string given)
    {
        bool taken = Is(statement);
        if (taken)
        {
            portal = given;
        }
        else if (portal == given)
        {
            portal = null;
        }

        return taken;
    }

    /// <summary>Whether a portal's name means a run of what was refused.</summary>
    public bool IsPortal(string given) => portal == given;

    /// <summary>The pipeline is over.</summary>
    public void End() => (name, portal, Statement) = (null, null, null);
}
