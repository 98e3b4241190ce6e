using System.Diagnostics.CodeAnalysis;

namespace SafeConsole.Gateway.Authentication;

/// <summary>What a route or hub method asks of its caller. Each of them names exactly one; one that names none is refused to everybody.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The suffix is that of a code access type which is long gone; the word is the right one.")]
public enum Permission
{
    /// <summary>Nothing: the answer holds no secret, or the route is part of signing in.</summary>
    Anyone,

    /// <summary>Any signed-in caller, with whatever role.</summary>
    SignedIn,

    /// <summary>Open consoles and work in one's own.</summary>
    ConsoleOpen,

    /// <summary>Read every session and its transcript, live or ended.</summary>
    ReviewRead,

    /// <summary>See the policies as they are in force.</summary>
    PolicyRead,

    /// <summary>See the gateway's own state in detail.</summary>
    OperationsRead,

    /// <summary>End a session of somebody else.</summary>
    SessionEndAny,

    /// <summary>Owned by the caller, or <see cref="ReviewRead"/>: the method itself checks which.</summary>
    SessionRead,

    /// <summary>Owned by the caller, or <see cref="SessionEndAny"/>: the method itself checks which.</summary>
    SessionEnd,

    /// <summary>A runner's agent: proven by its ticket or link key, reachable over the link socket alone.</summary>
    RunnerLink,
}
