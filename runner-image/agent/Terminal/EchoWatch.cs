namespace SafeConsole.Agent.Terminal;

/// <summary>
/// Tells a password prompt from everything else: the terminal reads lines (ICANON) and does not show them (no ECHO). A line editor
/// such as readline turns both off and shows the text itself, so what is typed there is visible.
/// </summary>
internal sealed class EchoWatch(Pty pty)
{
    private const uint Canonical = 0x2;   // ICANON
    private const uint Echo = 0x8;        // ECHO

    /// <summary>True while typed text is shown.</summary>
    public bool Visible { get; private set; } = true;

    /// <summary>Looks at the terminal; true if <see cref="Visible"/> changed since the last look.</summary>
    public bool Look()
    {
        if (!pty.TryGetAttributes(out var attributes))
            return false;
        var visible = (attributes.LocalFlags & (Canonical | Echo)) != Canonical;
        if (visible == Visible)
            return false;
        Visible = visible;
        return true;
    }
}
